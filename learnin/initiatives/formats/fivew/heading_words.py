"""Headings of 5W tables as people write them in the languages of the region, and what they seem to mean."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from learnin.compute.folding import fold, serbian_latin
from learnin.initiatives.formats.fivew.meanings import IN_LANGUAGES, Meaning, Use

_M = Meaning

# Alternatives, each a set of beginnings of words that must all stand in the heading; `.` ends a whole word, and `=`
# begins a whole heading. Words are folded to plain Latin before they are compared: both Serbian scripts meet.
WORDS: Mapping[Meaning, str] = {
    _M.IDENTIFIER: (
        "id., identifier, iati+identifier, activity+id., project+id., project+code, activity+code, "
        "project+number, =code, =код, код+проект, номер+проект, =cod, cod+proiect, kod+projekt, šifra, шифра, "
        "broj+projekt, proje+kodu, proje+no., კოდი, პროექტ+კოდი, ծածկագիր, layihə+kodu, жоба+коды, loyiha+kodi, "
        "kodi+projekt"
    ),
    _M.OTHER_IDENTIFIER: "other+identifier, other+id., alt+id.",
    _M.TITLE: (
        "title, project+name, activity+name, project+title, name+project, initiative, project., activity., "
        "activities., what., название, наименование+проект, проект., инициатив, мероприят, деятельность, что., "
        "назва, назва+проект, проєкт, діяльність, захід, titlu, titlul, denumire, denumirea+proiect, proiect, "
        "proiectul, inițiativ, activitate, ce., naziv, naziv+projekt, naslov, projekat, projekt., iniciativ, "
        "aktivnost, šta., što., proje+adı, proje., girişim, faaliyet, etkinlik, ne., що., başlık, სახელწოდება, "
        "დასახელება, პროექტ, ინიციატივა, აქტივობა, რა., titulli, emri+projekt, projekti, nisma, aktivitet, çfarë, "
        "проект+име, име+проект, што., наименование, дейност, какво., layihə, layihənin+adı, fəaliyyət, təşəbbüs, "
        "նախագիծ, ծրագիր, վերնագիր, անվանում, գործողություն, ինչ., жоба, жоба+атауы, атауы, іс+шара, долбоор, "
        "лоиҳа, loyiha, loyiha+nomi, tashabbus, faoliyat, лоиха, номгӯй, лоиҳаи, праект, taslama, taslamanyň+ady, "
        "τίτλος, έργο, δράση, qué"
    ),
    _M.DESCRIPTION: (
        "description, details, summary, описание, содержание, опис, descriere, açıklama, tanım, აღწერა, "
        "përshkrim, təsvir, նկարագր, сипаттама, tavsif, сыпаттама, апісанне, περιγραφή, descripci"
    ),
    _M.OBJECTIVES: (
        "objective, goal, цель., цели., мета., цілі., obiectiv, scop, cilj, циљ, amaç, hedef., მიზანი, objektiv, "
        "qëllim, məqsəd, նպատակ, мақсат, maqsad, максат, στόχο"
    ),
    _M.TARGET_GROUPS: (
        "target+group, целевая+группа, целевые+групп, grup+țintă, ciljna+grupa, ciljne+grupe, hedef+kitle"
    ),
    _M.LANGUAGE: "lang., language, язык, мова, limba, jezik, dil., ენა, gjuha, լեզու, тіл.",
    _M.REPORTER: (
        "reporting+org, reporter, reported+by, organisation, organization, organisation+name, org., agency, "
        "agencies, who., lead+org, lead+agency, организация, организаци, агентство, кто., установа, хто., "
        "organizație, organizația, instituți, cine., agenți, organizacija, organizacij, организациј, agencij, "
        "ko., tko., kuruluş, kurum, örgüt, kim., ორგანიზაცია, უწყება, სააგენტო, ვინ., organizata, organizat, "
        "agjenci, kush., организација, кој., кой., təşkilat, qurum, kazmakerputyun, կազմակերպ, ով., ұйым, уюм, "
        "tashkilot, кист, арганізацыя, gurama, οργανισμός, φορέας, ποιος, organizaci, quién"
    ),
    _M.REPORTER_CODE: "org+id., org+code, organisation+code, organization+code, код+организаци, org+kod",
    _M.REPORTER_TYPE: (
        "org+type, organisation+type, organization+type, type+org, type+organi, тип+организаци, вид+организаци, "
        "tip+organiza, vrsta+organiza, tür+kuruluş, kuruluş+tür, ტიპი+ორგანიზაცი, lloji+organiza, növ+təşkilat"
    ),
    _M.FUNDER: (
        "donor, donors, funder, funding, funded, funding+org, funding+source, source+fund, финансир, "
        "источник+финансир, фінансув, finanțator, finanțare+sursa, finansijer, financijer, izvor+finans, "
        "finansira, bağışçı, finansman, fon+sağlayan, დონორი, დამფინანსებელი, financues, donator, финансиер, "
        "дарител, maliyyə, ֆինանսավոր, қаржыландыр, moliyalashtir, χρηματοδ"
    ),
    _M.ACCOUNTABLE: (
        "accountable, responsible+org, ministry, government+counterpart, ответственн, министерство, відповідальн, "
        "responsabil, minister, odgovorn, sorumlu, პასუხისმგებელი, përgjegjës, отговорн, məsul, պատասխանատու, "
        "жауапты, masʼul"
    ),
    _M.EXTENDING: "extending, managing+org, управляющ, coordinating+org",
    _M.IMPLEMENTER: (
        "implement, implementing+partner, implementing+org, implementing+agency, partner, partners, with+whom, "
        "executing, исполнител, реализ, виконав, партнери, implementare, implementator, partener, parteneri, "
        "partener+implementare, cu+cine, sprovod, provod, izvođač, spartner, uygulayan, uygulayıcı, ortak, "
        "ortaklar, განმახორციელებ, პარტნიორ, zbatues, спроведува, изпълнител, партньор, icraçı, tərəfdaş, "
        "իրականացն, գործընկեր, орындаушы, серіктес, amalga+oshiruvchi, hamkor, аткаруучу, φορέας+υλοποίησης, "
        "εταίρ"
    ),
    _M.STATUS: (
        "status, stage, состояние, стан., стадия, stare, stadiu, starea, stanje, durum, gjendje, statusi, "
        "състояние, vəziyyət, կարգավիճակ, күйі, мәртебе, holat, κατάσταση"
    ),
    _M.PLANNED_START: (
        "start, start+date, start+plan, begin, from., since., when., date., когда., коли., кога., când., kur., "
        "როდის, երբ., қашан, качан, qachon, haçan, начало, дата+начал, с., початок, дата+початк, început, "
        "incepere, data+început, data+începerii, start., početak, datum+početka, почетак, kada., başlangıç, "
        "başlama, ne+zaman, დაწყებ, fillim, data+fillimit, почеток, начална, başlama+tarix, սկիզբ, մեկնարկ, "
        "басталу, башталыш, boshlanish, оғоз, пачатак, başlan, έναρξη, cuándo, дата., datum."
    ),
    _M.ACTUAL_START: (
        "actual+start, start+actual, фактическ+начал, фактичн+почат, efectiv+început, stvarni+početak, "
        "gerçekleşen+başlangıç"
    ),
    _M.PLANNED_END: (
        "end, end+date, end+plan, finish, until., to., completion, closing, окончан, дата+оконч, заверш, конец, "
        "по., закінч, дата+закінч, sfârșit, încheiere, finaliz, data+sfârșit, data+încheierii, završetak, kraj., "
        "datum+završetka, završ, завршетак, svršetak, bitiş, bitiş+tarihi, დასრულებ, დამთავრ, mbarim, përfundim, "
        "крај, край., приключване, bitmə, son+tarix, ավարտ, вերջ, аяқталу, аяктоо, tugash, анҷом, канец, "
        "tamamlan, λήξη, πέρας"
    ),
    _M.ACTUAL_END: (
        "actual+end, end+actual, фактическ+оконч, фактичн+закінч, efectiv+sfârșit, stvarni+završetak, gerçekleşen+bitiş"
    ),
    _M.COUNTRY: (
        "country, countries, cc., страна, країна, țara, tara., zemlja, država, држава, ülke, ქვეყანა, vendi, "
        "shteti, земја, ölkə, երկիր, ел., елі, өлкө, davlat, mamlakat, кишвар, ýurt, χώρα, país"
    ),
    _M.AREA: (
        "region, area, province, county, oblast, admin1, adm1, admin+1, admin1+name, governorate, state., "
        "department, where., location, locations, край+область, провинци, район, где., місце, де., regiune, "
        "regiunea, județ, județul, raion, unde., localizare, okrug, županija, жупанија, kanton, регија, gdje., "
        "lokacij, il., iller, bölge, nerede, yer., რეგიონი, მხარე, სად., ადგილ, qark, qarku, rajoni, ku., каде., "
        "къде., haradа, մարզ, որտեղ, տեղ., облыс, өңір, қайда, облус, кайда, viloyat, qayerda, вобласць, welaýat, "
        "περιφέρεια, νομός, πού., departamento, dónde"
    ),
    _M.PLACE: (
        "district, municipality, city, town, village, place, settlement, school+name, location+name, admin2, "
        "admin3, adm2, город, населен+пункт, муниципал, місто, громада, населен, oraș, comuna, localitate, "
        "municipi, grad., opština, općina, општина, mesto, mjesto, naselje, ilçe, belediye, şehir, köy, ქალაქი, "
        "მუნიციპალიტეტ, სოფელი, bashki, komun, qytet, община, şəhər, kənd, համայնք, քաղաք, аудан, қала, шаар, "
        "tuman, shahar, шаҳр, ноҳия, δήμος"
    ),
    _M.PCODE: "pcode, p+code, pcodes, place+code, admin1+pcode",
    _M.LATITUDE: "lat., latitude, широта, latitudine, širina+geo, geografska+širina, enlem, განედი, gjerësi",
    _M.LONGITUDE: (
        "lon., long., lng., longitude, долгота, довгота, longitudine, geografska+dužina, boylam, გრძედი, gjatësi"
    ),
    _M.SECTOR: "sector, cluster, сектор, кластер, sector., სექტორი, ոլորտ, τομέας, сала., dac+code, purpose+code",
    _M.THEME: (
        "theme, topic, subsector, thematic, тема., тематик, направление, тематика, temă, tematic, domeniu, "
        "oblast+rada, konu, fusha, mövzu, тақырып, mavzu, θέμα"
    ),
    _M.AUDIENCE: (
        "audience, beneficiar, target+population, for+whom, whom, beneficiary+type, type+beneficiar, аудитор, "
        "бенефициар, для+кого, получател, beneficiari, pentru+cine, korisnici, korisnik, za+koga, за+кого, "
        "faydalanıcı, "
        "yararlanıcı, kimin+için, ბენეფიციარ, ვისთვის, përfitues, për+kë, бенефициент, faydalanan, kimin+üçün, "
        "շահառու, ում+համար, пайдаланушы, кім+үшін, foydalanuvchi, kim+uchun, ωφελούμεν, para+quién"
    ),
    _M.COMPONENT: "component, компонент, componentă, բաղադրիչ, құрамдас",
    _M.ISCED: (
        "isced, мско, cine+isced, education+level, level+education, уровень+образован, nivel+educați, "
        "nivo+obrazovan, eğitim+düzey"
    ),
    _M.SDG: "sdg, sdgs, цур., odd., cor., ска., მგმ",
    _M.PLANNED: (
        "targeted, people+planned, people+targeted, beneficiaries+planned, number+targeted, planned+people, "
        "planned+beneficiar, target., план+охват, план+чел, planificat+benefic, планирано+корисник, "
        "planirani+korisnici, hedeflenen, hedeflenen+kişi, დაგეგმილ"
    ),
    _M.REACHED: (
        "reached, people+reached, beneficiaries+reached, number+reached, охвачен, охват, охоплен, охоплено, "
        "beneficiari+atin, persoane+atinse, obuhvaćen, обухваћен, ulaşılan, ulaşılan+kişi, მიღწეულ, të+arritur, "
        "обфатен, достигнат, əhatə, ընդգրկված, қамтыл, qamrab"
    ),
    _M.PLANNED_PART: (
        "men., women., girls., boys., males, females, мужчин, женщин, девоч, мальчик, hombres, mujeres, niñas, niños"
    ),
    _M.PERIOD: (
        "month, reporting+period, reporting+month, reporting+date, месяц, місяць, luna., mesec, mjesec, месец, "
        "ay., თვე, muaji, ամիս"
    ),
    _M.BUDGET: (
        "budget, budget+total, total+budget, amount, cost, value, money, бюджет, сумма, стоимость, сума., "
        "вартість, buget, buget+total, valoare, budžet, буџет, proračun, iznos, vrijednost, bütçe, tutar, "
        "ბიუჯეტი, თანხა, buxhet, shuma, стойност, büdcə, məbləğ, բյուջե, գումար, сома, byudjet, буҷет, býudžet, "
        "προϋπολογ"
    ),
    _M.COMMITMENT: "commitment, committed, обязательств, angajament",
    _M.DISBURSEMENT: (
        "disbursement, disbursed, spent, expenditure, израсход, освоен, расход, cheltuit, utrošeno, harcanan"
    ),
    _M.CURRENCY: "currency, валюта, monedă, valuta, para+birimi, döviz, monedha, արժույթ, νόμισμα, cur.",
    _M.LINK: (
        "url, link, links, website., web+site, webpage, ссылка, посилання, site., веза., poveznica, bağlantı, "
        "ბმული, lidhje, հղում, сілтеме, havola"
    ),
    _M.CONTACT_PERSON: (
        "contact, focal+point, contact+name, contact+person, контакт, контактное+лицо, контактна+особа, "
        "persoana+contact, kontakt+osoba, iletişim, საკონტაქტო, kontakti, əlaqə, байланыс, aloqa"
    ),
    _M.CONTACT_EMAIL: (
        "email, e+mail, contact+e+mail, mail., contact+email, электронн+почт, эл+почта, електронн+пошт, e+pošta, "
        "ელფოსტა"
    ),
    _M.CONTACT_PHONE: "phone, tel., telephone, mobile, телефон, ტელეფონ, հեռախոս, τηλέφωνο",
    _M.CONTACT_ORGANISATION: "contact+organisation, contact+organization",
    _M.CONTACT_WEBSITE: "contact+website, contact+web",
    _M.RELATED: "related, related+activit, связанн+проект, connected+project",
    _M.UPDATED: "updated, last+updated, last+update, обновлен, оновлен, actualizat, ažuriran, güncelleme",
    _M.GEONAMES: "geonames",
    _M.REACH: "location+reach",
    _M.SCOPE: "scope",
}

_LANGUAGE = re.compile(r"[(\[]\s*([a-z]{2,3}(?:-[A-Za-z]{4})?)\s*[)\]]\s*$")


@lru_cache(maxsize=1)
def _beginnings() -> tuple[tuple[Meaning, tuple[str, ...]], ...]:
    return tuple(_folded())


def _folded() -> Iterator[tuple[Meaning, tuple[str, ...]]]:
    for meaning, alternatives in WORDS.items():
        for alternative in alternatives.split(", "):
            yield meaning, tuple(_need(part) for part in alternative.split("+"))


def _need(part: str) -> str:
    """What must stand in a heading that has a space before and after it, and one more at both ends."""
    edge = " " if part.startswith("=") else ""
    return f"{edge} {fold(part)} {edge}" if part[0] == "=" or part[-1] == "." else f" {fold(part)}"


def fit(heading: str) -> tuple[Use | None, int]:
    """What a heading seems to mean, and how much of it says so: letters that fit.

    >>> str(fit("Implementing partner")[0]), str(fit("Опис пројекта (sr)")[0])
    ('implementer', 'description@sr')
    """
    said = _LANGUAGE.search(heading)
    plain = heading[: said.start()] if said else heading
    words = f"  {fold(plain)}  {fold(serbian_latin(plain))}  "
    best, most = None, 0
    for meaning, needs in _beginnings():
        letters = sum(map(len, needs))
        if letters > most and all(need in words for need in needs):
            best, most = meaning, letters
    if best is None:
        return None, 0
    return Use(best, said[1] if said and best in IN_LANGUAGES else ""), most
