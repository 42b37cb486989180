"""Labels of topics in eight languages, for made-up events."""

LANGUAGES = ("en", "fr", "de", "it", "es", "nl", "pl", "fi")
_ROWS = """
batteries|batteries|Batterien|batterie|baterías|batterijen|baterie|akut
bees|abeilles|Bienen|api|abejas|bijen|pszczoły|mehiläiset
bicycles|vélos|Fahrräder|biciclette|bicicletas|fietsen|rowery|polkupyörät
bridges|ponts|Brücken|ponti|puentes|bruggen|mosty|sillat
buses|autobus|Busse|autobus|autobuses|bussen|autobusy|bussit
cheese|fromage|Käse|formaggio|queso|kaas|ser|juusto
children|enfants|Kinder|bambini|niños|kinderen|dzieci|lapset
concrete|béton|Beton|calcestruzzo|hormigón|beton|beton|betoni
drought|sécheresse|Dürre|siccità|sequía|droogte|susza|kuivuus
elections|élections|Wahlen|elezioni|elecciones|verkiezingen|wybory|vaalit
factories|usines|Fabriken|fabbriche|fábricas|fabrieken|fabryki|tehtaat
fishing|pêche|Fischerei|pesca|pesca|visserij|rybołówstwo|kalastus
forests|forêts|Wälder|foreste|bosques|bossen|lasy|metsät
glass|verre|Glas|vetro|vidrio|glas|szkło|lasi
heating|chauffage|Heizung|riscaldamento|calefacción|verwarming|ogrzewanie|lämmitys
hospitals|hôpitaux|Krankenhäuser|ospedali|hospitales|ziekenhuizen|szpitale|sairaalat
housing|logement|Wohnen|alloggi|vivienda|huisvesting|mieszkania|asuminen
hydrogen|hydrogène|Wasserstoff|idrogeno|hidrógeno|waterstof|wodór|vety
insurance|assurance|Versicherung|assicurazione|seguros|verzekering|ubezpieczenia|vakuutus
islands|îles|Inseln|isole|islas|eilanden|wyspy|saaret
journalism|journalisme|Journalismus|giornalismo|periodismo|journalistiek|dziennikarstwo|journalismi
justice|justice|Justiz|giustizia|justicia|justitie|sprawiedliwość|oikeus
languages|langues|Sprachen|lingue|idiomas|talen|języki|kielet
libraries|bibliothèques|Bibliotheken|biblioteche|bibliotecas|bibliotheken|biblioteki|kirjastot
lighting|éclairage|Beleuchtung|illuminazione|iluminación|verlichting|oświetlenie|valaistus
maps|cartes|Karten|mappe|mapas|kaarten|mapy|kartat
medicines|médicaments|Arzneimittel|farmaci|medicamentos|geneesmiddelen|leki|lääkkeet
mountains|montagnes|Berge|montagne|montañas|bergen|góry|vuoret
museums|musées|Museen|musei|museos|musea|muzea|museot
nurses|infirmières|Pflegekräfte|infermieri|enfermeras|verpleegkundigen|pielęgniarki|sairaanhoitajat
packaging|emballage|Verpackung|imballaggi|envases|verpakking|opakowania|pakkaukset
pensions|retraites|Renten|pensioni|pensiones|pensioenen|emerytury|eläkkeet
ports|ports|Häfen|porti|puertos|havens|porty|satamat
railways|chemins de fer|Eisenbahn|ferrovie|ferrocarriles|spoorwegen|kolej|rautatiet
recycling|recyclage|Recycling|riciclaggio|reciclaje|recyclage|recykling|kierrätys
refugees|réfugiés|Flüchtlinge|rifugiati|refugiados|vluchtelingen|uchodźcy|pakolaiset
rivers|rivières|Flüsse|fiumi|ríos|rivieren|rzeki|joet
robots|robots|Roboter|robot|robots|robots|roboty|robotit
satellites|satellites|Satelliten|satelliti|satélites|satellieten|satelity|satelliitit
schools|écoles|Schulen|scuole|escuelas|scholen|szkoły|koulut
soil|sol|Boden|suolo|suelo|bodem|gleba|maaperä
steel|acier|Stahl|acciaio|acero|staal|stal|teräs
taxes|impôts|Steuern|imposte|impuestos|belastingen|podatki|verot
textiles|textiles|Textilien|tessili|textiles|textiel|tekstylia|tekstiilit
theatre|théâtre|Theater|teatro|teatro|theater|teatr|teatteri
tourism|tourisme|Tourismus|turismo|turismo|toerisme|turystyka|matkailu
unions|syndicats|Gewerkschaften|sindacati|sindicatos|vakbonden|związki zawodowe|ammattiliitot
vaccines|vaccins|Impfstoffe|vaccini|vacunas|vaccins|szczepionki|rokotteet
vineyards|vignobles|Weinberge|vigneti|viñedos|wijngaarden|winnice|viinitarhat
waste|déchets|Abfall|rifiuti|residuos|afval|odpady|jätteet
water|eau|Wasser|acqua|agua|water|woda|vesi
weather|météo|Wetter|meteo|meteorología|weer|pogoda|sää
wind|vent|Wind|vento|viento|wind|wiatr|tuuli
wood|bois|Holz|legno|madera|hout|drewno|puu
"""
TOPICS = {row.split("|")[0]: dict(zip(LANGUAGES, row.split("|"), strict=True)) for row in _ROWS.strip().splitlines()}
