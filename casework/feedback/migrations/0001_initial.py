# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('consultation', '0003_permanent'),
        ('initiatives', '0003_permanent'),
        ('process', '0002_permanent'),
        ('register', '0002_permanent'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('mail', 'Ett mejl för varje besked'), ('digest', 'Ett sammandrag om dagen'), ('system', 'Inga mejl, bara här')], max_length=10, verbose_name='besked')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preference', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'val av besked',
                'verbose_name_plural': 'val av besked',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concern', models.CharField(blank=True, choices=[('originator', 'Du lämnade initiativet'), ('co_author', 'Du skriver tillsammans med förslagsställaren'), ('liaison', 'Du är kontaktperson'), ('affected', 'Din förvaltning berörs'), ('neighbour', 'Din förvaltning berörs och du är dess kontaktperson'), ('officer', 'Du är handläggare'), ('receiver', 'Det har lämnats till dig eller till ett organ där du sitter'), ('called', 'Du är kallad'), ('asked', 'Din förvaltning är tillfrågad i en remiss')], max_length=10, verbose_name='därför att')),
                ('next_step', models.CharField(blank=True, max_length=400, verbose_name='vad som kommer')),
                ('path', models.CharField(blank=True, max_length=200, verbose_name='adress')),
                ('reminder', models.CharField(blank=True, choices=[('before', 'Före svarsdagen'), ('after', 'Efter svarsdagen')], max_length=10, verbose_name='påminnelse')),
                ('digest_on', models.DateField(blank=True, null=True, verbose_name='sammandrag för')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='läst')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='e-post')),
                ('subject', models.CharField(max_length=200, verbose_name='ämne')),
                ('body', models.TextField(verbose_name='text')),
                ('state', models.CharField(choices=[('waiting', 'Väntar'), ('sent', 'Skickad'), ('failed', 'Kunde inte skickas'), ('collected', 'Väntar på dagens sammandrag'), ('shown', 'Visas bara i systemet')], default='waiting', max_length=10, verbose_name='läge')),
                ('error', models.TextField(blank=True, verbose_name='fel')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='skapad')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='skickad')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='försök')),
                ('tried_at', models.DateTimeField(blank=True, null=True, verbose_name='senast försökt')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='register.case')),
                ('consultee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='consultation.consultee')),
                ('digest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='collected', to='feedback.notice', verbose_name='sammandrag')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='initiatives.initiative')),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='process.step')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'återkoppling',
                'verbose_name_plural': 'återkopplingar',
                'ordering': ['-created_at'],
                'indexes': [models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notice_unread')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('step__isnull', False)), fields=('step', 'user'), name='notice_once'), models.UniqueConstraint(condition=models.Q(('digest_on__isnull', False)), fields=('user', 'digest_on'), name='digest_once_a_day'), models.UniqueConstraint(condition=models.Q(('consultee__isnull', False)), fields=('consultee', 'user', 'reminder'), name='reminded_once')],
            },
        ),
    ]
