"""Words that say nothing about a topic, in the 24 official languages; single letters never count anyway."""

_LISTS = {
    "bg": "ако без беше бъде бях ви вие във все всички все за защо заедно защото из или им има как като който която които"
    " което към ли между може му на над нас не него нещо ни ние но от по под при през са само се си след сме след съм"
    " със също така такъв там тази то това този тук ще че чрез",
    "cs": "aby aj ale ani asi až bude budou by byl byla bylo být co další do ho jak jako je jeho její jejich jen již jsem"
    " jsme jsou kde kdo když kteří která které který mezi mi mít můj na nad nám náš naše ne nebo než není od pak po pod"
    " podle pro proto protože před při se si své svůj ta tak také tam te tedy ten tento to tu už vám váš ve však všech za ze že",
    "da": "af alle alt anden at blev blive bliver da de dem den denne der deres det dette dig din disse dog du efter eller en"
    " end er et for fra få ham han har havde have hende her hos hun hvad hvis hvor ikke ind jeg jer kan kom kun kunne man"
    " mange med meget men mere mig min mod mellem når ned noget nogle nu og også om op os over på samt selv sig sin skal skulle"
    " som sådan thi til ud under var vi vil ville vor vores være været",
    "de": "aber alle allem allen als also am an ander andere anderen auch auf aus bei bin bis bist da damit dann das dass dein"
    " dem den denn der des die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er"
    " es etwas euch euer für gegen hab habe haben hat hatte hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist"
    " jede jeder jetzt kann kein keine können machen man mehr mein mich mir mit nach nicht noch nun nur ob oder ohne sehr"
    " sein seine sich sie sind so sowie über um und uns unser unsere unserer unter viel vom von vor war was weil welche wenn"
    " werden wie wieder wir wird wo zu zum zur zwischen",
    "el": "αλλά αν από αυτά αυτές αυτή αυτό αυτοί αυτός γιατί για δεν εγώ είμαι είμαστε είναι εμείς ένα ένας επίσης εσείς έχει"
    " έχουμε έχουν έχω ή ήταν θα και κατά κάθε μας με μεταξύ μη μια μία μου να ο οι όμως όπως όπου ότι που πως προς σας"
    " σε στα στη στην στις στο στον στους συν τα τη την της τι τις το τον του τους των ως",
    "en": "about above after again all also am an and any are as at be because been before being below between both but by can"
    " could did do does doing done during each etc few for from further get had has have having he her here hers him his how"
    " if in into is it its just like make many me more most my no nor not now of off on once only or other our ours out over"
    " own same she should so some such than that the their them then there these they this those through to too under until"
    " up upon us use used using very via was we were what when where which while who whom why will with within without would"
    " you your",
    "es": "al algo ante antes aquí así aun aunque cada como con contra cual cuando de del desde donde durante el ella ellas ellos"
    " en entre era es esa ese eso esta estamos están estar este estas esto estos fue fueron gran ha han hasta hay la las le"
    " les lo los mas más me mi mis muy nada ni no nos nosotros nuestra nuestras nuestro nuestros otra otras otro otros para"
    " pero poco por porque que qué quien se sea ser si sí sin sobre somos son su sus también tan tanto te tiene tienen todas"
    " todo todos tu tus un una uno unos unas usted ya yo",
    "et": "aga ei ega ehk enam ennast et fi ga iga ise ja juba just ka kas kes kogu kohta koos kui kuid kuidas kõik läbi ma me meie"
    " mida mille millest mis mitte mu muu mõne nad need neid nende nii nimetatud ning nüüd ole oleks oleme olen oli olla oma"
    " on palju parem peab pole poolt pärast sa saab seda see selle siin siis sest seal ta te teie tema kuni vaid veel või välja"
    " ühe üks üle",
    "fi": "ei eikä ellei emme en että ehkä hän he heidän häntä ja jo joka joko jonka jos jossa jotka jotta kaikki kanssa koska"
    " kuin kuinka kun me meidän meillä minä mitä miten mukaan mutta muut myös nämä ne niiden niin niitä noin nyt ole olemme"
    " oli olla olen on ovat se sekä sen siitä sillä sitä siis tai tämä tämän te teidän tuo vaan vai vain voi voidaan yli",
    "fr": "ainsi alors au aucun aussi autre autres aux avec avoir car ce ceci cela celle ces cet cette ceux chaque chez comme"
    " comment dans de des depuis dont du elle elles en encore entre est et être eu fait faire font ici il ils je la le les"
    " leur leurs lors lui ma mais me même mes moi mon ne ni non nos notre nous on ont ou où par parce pas peu peut plus pour"
    " pourquoi qu quand que quel quelle quelles qui sa sans se sera ses si son sont sous sur ta te tes toi ton tous tout toute"
    " toutes très tu un une vers vos votre vous",
    "ga": "ach ag agus air an ann anois ar as atá bhí bhfuil chun chuig cé céard cén dá de den do dom dó duit faoi féin freisin"
    " gach gan go gur idir in inár is isteach le leis linn liom mar mé mo muid ná nach na ní nó nuair ó ón os roimh sa san seo"
    " sé sí siad sin sinn tá thar trí tú um uaidh",
    "hr": "ako ali ante bez bi bih bila bili bilo bio biti će ćemo da do dok ga gdje i iako ih ili im iz ja je jedan jedna jer jesam"
    " jesmo još kada kako kao koja koje koji kojih kojim kroz li mi međutim mu na nad nakon nam nas naš naša naše ne nego neki"
    " ni nije niti no nje njih njihov od oko on ona oni ono ova ovaj ove ovo po pod prema pri prije sa samo se si smo su sve"
    " svi svoj svoje ta tako također taj te ti to u uz već vi više za zbog što",
    "hu": "ahhoz aki akik akkor alatt ami amely amelyek annak az azok azonban azért be csak de egy egyik ellen előtt és ez ezek"
    " ezért fel ha hanem hogy hogyan ide igen ill illetve így is itt jobban jól kell ki kívül közben között le legyen lehet lesz"
    " maga már majd meg mely melyek mert mi mikor mint minden mindig még most nagyon ne nekem nem nincs ott össze pedig saját se"
    " sem sok során szerint számára talán továbbá több tovább újra után úgy vagy vagyok való valamint van vannak vele viszont volt",
    "it": "abbiamo ad agli ai al alla alle allo anche ancora avere che chi ci come con contro così cui da dagli dai dal dalla dalle"
    " dei degli del della delle dello di dopo dove ed era essere fra già gli ha hanno ho il in io la le lei li lo loro lui ma me"
    " mi mia mio molto ne negli nei nel nella nelle nello noi non nostra nostre nostri nostro ogni oltre per perché più poi può"
    " quale quali quando quanto quella quelli quello questa queste questi questo se sempre senza si sia siamo sono sopra sotto"
    " stata stato su sua sue sugli sui sul sulla sulle suo suoi tra tu tutte tutti tutto un una uno vi voi",
    "lt": "apie ar arba bei bet bus buvo būti dar dėl gali iki ir iš jau jei jeigu ji jie jis jo jos jų kad kai kaip kas kita kiti"
    " koks kokia kuri kurie kuris kurios kurių labai ligi man mano mes mūsų ne nei nes net nuo nėra per pagal pas patys po prie"
    " prieš sau savo su tačiau tai taip tarp tas tik to todėl tu turi už yra šis šie šio",
    "lv": "ap ar arī bet bez bija būs būt caur gan gar ir it iekš ja jau jo jūs jūsu kā kad kas katrs ko kur kura kuri kurš kādi lai"
    " līdz man mana mēs mūs mūsu nav ne no nebija nevar par pār pat pēc pie pirms priekš savs savu savas starp šis šī šie tā tad"
    " tas te tiek tika tikai to tomēr tos un uz vai vairāk var viņa viņi viņš visi viss zem",
    "mt": "bejn bħal biex bil bl bla dak dan dawk dawn daqs dik din dwar fejn fi fil fit fuq għal għall għalhekk għaliex għan għandha"
    " għandhom għandna għax għand hekk hemm hi hija hu huma huwa iktar ikun il in ir iż iz is it ix id jew jekk jien jista jkun"
    " kif kien kienet kienu kull lejn lil li ma madwar mal mela meta mhux minn mill mingħajr qabel qed sa se skont taħt ta tagħha"
    " tagħhom tagħna tal tan tar tas tat taż tul u wara wkoll xi",
    "nl": "aan al alle als altijd ander andere bij daar dan dat de deze die dit doch doen door dus een en er ge geen haar had heb"
    " hebben heeft hem het hier hij hoe hun iets ik in is ja je jullie kan kunnen maar me meer men met mij mijn moet na naar"
    " niet nog nu of om omdat onder ons onze ook op over samen te tegen toch toen tot tussen uit uw van veel via voor waar waren"
    " was wat we wel welke werd wezen wie wij wil worden wordt zal ze zei zelf zich zij zijn zo zoals zonder zou",
    "pl": "aby albo ale ani aż bardzo bez bo być był była było były bądź będą będzie chce ci co coś czy dla do gdy gdzie go ich ile"
    " im inne inny innych iż ja jak jako je jego jej jest jestem jesteśmy jeszcze jeśli już każdy kiedy kto która które którego"
    " której którzy który których ku lecz lub ma mają mi może można my na nad nam nas nasz nasza nasze nie nim niż no od on ona"
    " one oni oraz po pod ponieważ poprzez poza przed przez przy się są swoje ta tak także tam te tego tej ten też to tu tych tylko"
    " tym wam was wasz we wszystkie wszystko więc za zaś ze że",
    "pt": "ao aos aquela aquele as até cada com como contra da das de dela dele depois do dos durante ela elas ele eles em entre era"
    " essa esse esta está estamos estão este estes foi foram há isso isto já lhe lhes mais mas me mesmo meu minha muito muitos na"
    " nas não nem no nos nós nossa nossas nosso nossos num numa onde os ou outra outras outro outros para pela pelas pelo pelos"
    " por porque qual quando que quem se seja sem ser será seu seus sim só sobre somos são sua suas também te tem têm ter toda todas"
    " todo todos tu um uma umas uns você vos",
    "ro": "acea aceasta această aceste acest acesta aceștia acolo ai aici al ale alt altă alte alți am ar are asemenea asupra au avea"
    " avem ca care că când cât către ce cei cel cea cele chiar ci cine cu cum da dacă dar de deci deja despre din dintre doar după"
    " ea ei el ele eram este eu fără fi fie fiecare fost foarte fără iar în înainte îi îl împotriva între la le lor lui mai mea mei"
    " meu mi mult nici noastră noastre nostru noi noștri nu ne oricare pe pentru peste prin sa sau să se sub sunt suntem tot toate"
    " toți tu un una unde unei unor unui voi vostru",
    "sk": "aby aj ak ako ale alebo ani asi až bez bol bola boli bolo bude budú by byť čo ďalej do ešte ho ich im ja je jeho jej"
    " kde keď kto ktorá ktoré ktorí ktorý ktorých ku lebo len ma má majú medzi mi mať môj môže my na nad nám náš naša naše nás nie"
    " než nich od okrem on ona oni po pod podľa pre pred preto pretože pri sa si sme som so sú svoj svoje ta tak takže tam tá tento"
    " tie to toto tu už vám váš veď viac však všetko vy za ze že",
    "sl": "ali ampak biti bil bila bilo bo bodo bolj brez če čez da do dokler ga ima imajo in iz ja jaz je jih jim jo kadar kaj kako"
    " kakor kateri katera katere katerih ker ki kje ko kot lahko le med mi moj mu na nad nam nas naš naša naše naši ne nekaj ni nič"
    " nje njih njihov njegov ob od on ona oni ono oz pa po pod poleg pred pri preko proti sam samo se sem si smo so sta svoj svoje ta"
    " tako tam te tega tem ti tisti to toda tu tudi vam vas več ves vi vse za zaradi zato zelo že",
    "sv": "alla allt att av bara bland blev bli blir både de dem den denna deras dess det detta dig din dock du där då efter eller en"
    " er ett från för får genom ha hade han har hela henne hon hur här honom i icke in inom inte jag ju kan kunna kunde man med"
    " mellan men mer mest mig min mot mycket måste ni nu när någon något några och också om oss på samma samt sedan sig sin"
    " sina sitt själv ska skall skulle som så sådan till under upp ut utan vad var vara varför varit vem vi vid vilka vilken vill"
    " vår våra vårt än är åt över",
}

STOPWORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}
