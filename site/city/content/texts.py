# SPDX-License-Identifier: EUPL-1.2
"""The first words of the city's pages; editors change them in Wagtail."""

from __future__ import annotations

#: Five pictures, ten sentences.
HOW = (
    ("En idé",
     "Någon som arbetar i staden ser ett behov och beskriver det. "
     "Kontaktpersonen på förvaltningen hjälper till att reda ut vem som har nytta av det."),
    ("En beredning",
     "Stadsledningskontoret ger ärendet ett diarienummer och tar reda på det som saknas. "
     "Det ser också efter om något liknande har beslutats förr."),
    ("En bedömning",
     "Områdets grupp tar med förslaget, ber om mer underlag eller säger nej. "
     "Varje svar har ett skäl som går att läsa."),
    ("En ordning",
     "Initiativen rangordnas, först i området och sedan för hela staden. "
     "Utvecklingsrådet säger vad det förordar."),
    ("Ett beslut",
     "Kommunfullmäktige bestämmer vad som ska göras, i budgeten eller under året. "
     "Den som hade idén får veta hur det gick, och vägen dit ligger öppen för alla."),
)  # fmt: skip

MODEL_SECTIONS = (
    ("Varför det finns en gemensam väg",
     "<p>En stad har alltid fler idéer än pengar. Förr prövades de var för sig, på olika sätt i "
     "olika förvaltningar, och den som hade föreslagit något fick sällan veta hur det gick. Nu "
     "går alla större förslag samma väg. De beskrivs på samma formulär och vägs mot varandra, "
     "och varje steg har någon som ansvarar.</p>"
     "<p>Modellen gäller verksamhetsutveckling med stöd av IT: förslag som berör minst två "
     "förvaltningar, eller stora satsningar i en enda. Mindre förslag som bara rör den egna "
     "förvaltningen bestämmer förvaltningen själv om.</p>"),
    ("Från idé till diarienummer",
     "<p>Alla som arbetar i staden kan lämna ett initiativ. Det kommer till förvaltningens "
     "kontaktperson, som fyller i det som behövs för en första bedömning. Förvaltningen skickar "
     "sina initiativ samlat till stadsledningskontoret. Där får de diarienummer och en "
     "handläggare.</p>"),
    ("Två steg i området",
     "<p>Tjänsteområdesgruppen tar ställning i två steg. Först svarar den på om initiativet ska "
     "tas med, kompletteras eller avslås. Det som kompletteras kommer tillbaka till samma steg. "
     "Sedan rangordnar gruppen det som är med efter nytta och kostnad. Det som inte hinner bli "
     "klart skjuts upp till en senare omgång, med sin historia.</p>"),
    ("Ett förslag för hela staden",
     "<p>När alla grupper är klara väger stadsledningskontoret samman listorna. Både "
     "IT-sakkunniga och verksamhetens sakkunniga måste ha deltagit. E-tjänster går dessutom "
     "genom ett utskott med fem ledamöter. Utvecklingsrådet lämnar därefter sin "
     "rekommendation och kan ändra ordningen.</p>"),
    ("Beslut och återkoppling",
     "<p>Kommunfullmäktige beslutar i budgeten för det kommande året, och under året i "
     "tertialrapporterna. Varje sådant tillfälle är en egen omgång med egna datum, och flera "
     "omgångar pågår samtidigt. Ett initiativ kan få allt, en del eller inget av det som behövs. "
     "Efter varje beslut får förslagsställaren veta hur det gick och varför.</p>"),
)  # fmt: skip

ACCESSIBILITY = (
    "{city} står bakom den här webbplatsen. Alla ska kunna använda den, också den som har en "
    "funktionsnedsättning eller använder hjälpmedel.",
    "<h2>Hur tillgänglig är webbplatsen?</h2>"
    "<p>Webbplatsen är byggd för att uppfylla nivå AA i WCAG 2.1 och standarden EN 301 549, som "
    "lagen om tillgänglighet till digital offentlig service hänvisar till. Vi känner inte till "
    "några brister på sidorna själva.</p>"
    "<h2>Det som kan vara svårt att använda</h2>"
    "<p>Äldre handlingar som har skannats är bilder och går inte att läsa upp. Beställ handlingen, "
    "så hjälper vi dig med en version som fungerar för dig.</p>"
    "<h2>Så har vi prövat webbplatsen</h2>"
    "<p>Sidorna prövas automatiskt vid varje ändring och för hand med tangentbord, i förstoring, "
    "på liten skärm och med hög kontrast.</p>"
    "<h2>Om du inte är nöjd med svaret</h2>"
    "<p>Anmäl ett fel med formuläret nedan. Svarar vi inte, eller är du inte nöjd med svaret, kan "
    "du anmäla det till Myndigheten för digital förvaltning, som har tillsyn.</p>",
)

PERSONAL_DATA = (
    "{city} ansvarar för personuppgifterna på den här webbplatsen.",
    "<h2>När du läser</h2><p>Du kan läsa, söka och beställa handlingar utan att säga vem du är. "
    "Vi sparar inte vem som läser eller frågar, och vi använder inga kakor för att följa dig.</p>"
    "<h2>När du skriver till oss</h2><p>Lämnar du en adress för att få svar använder vi den bara "
    "till det. Skrivelser till staden är allmänna handlingar och sparas i diariet. Privatpersoners "
    "namn visas inte i diariet på webben.</p>"
    "<h2>När du arbetar i staden</h2><p>Den som beslutar i tjänsten står med namn i ärendets "
    "historik, eftersom det ska gå att se vem som har bestämt.</p>",
)

START = {
    "heading": "Vad har staden beslutat?",
    "introduction": (
        "Sök bland initiativ och beslut, nya och gamla. Se vem som bestämde, när och varför."
    ),
    "search_hint": "Prova ”frånvaro”, ”karta” eller ett diarienummer som 031-3884/2007.",
    "how_heading": "Så blir en idé ett beslut",
}

MODEL = {
    "title": "Så beslutas det",
    "introduction": (
        "Från en medarbetares idé till en rad i budgeten: vem som gör vad, i vilken ordning och "
        "varför."
    ),
}

APPROVAL = "Godkännande av sidor"
"""The way of a page to its publication, as editors read it."""

ACCESSIBILITY_TITLE = "Tillgänglighetsredogörelse"
PERSONAL_DATA_TITLE = "Så behandlar vi personuppgifter"
