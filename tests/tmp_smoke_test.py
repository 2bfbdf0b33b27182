import pytest
@pytest.mark.django_db
def test_city():
    from tests.small_city import build
    build()
