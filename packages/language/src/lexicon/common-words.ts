/**
 * Ordinary words that are never a misspelling of a word of the lexicon, beside those that compromise knows.
 * A ticker written like one of them is a coin only where the sentence needs a coin.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `a about above across act actual after again against ago ahead all almost alone along already also although always
  am among an and another any anybody anyone anyway are area around as ask asked at away back bad be became because
  become been before began behind being below best better between big both bring brought but by call called came can
  case catch chance change check city clear close cold come coming common could country course cover cut dark day deal
  did different do does doing done door down during each early easy else end enough entire even evening ever every
  everyone exact face fact far fast father feel fees felt few figure fill find fine first floor follow food for found
  four free friend friends from front full funny gave get getting give given go going gone good got great group had half hand
  hands happen happened hard has have he head hear heard heart held help her here high him his hold home hope hot hour
  house how however hundred idea if in into is issue it its job join just keep kept kind knew know known land large
  last late later latest learn least leave left less let letter life light like line list little live living long look
  lot low made main make making man many may maybe me mean means men might mind mine money month more morning most
  mother move mr much must my name near need never new news next nice night no nobody none nor not note nothing now
  number of off often oh ok old on once one only open or order other our out over own page paid paper part past pay
  people per person pick picks place plain plan plant plants play point possible power present pretty problem public
  put question quick quite quiet rather read ready real really reason red rest result return rich right road room
  round run running said same saw say says school see seem seen send sense set several shape she short should show side
  sign simple since single sit six size small so some soon sort sound space spend spent stand start started state
  states stay step still stock stop story street strong stuff such sure system table take taken talk tell ten tends term
  than thank thanks that the their them then there these they thing things think third this those though thought three
  through time times to today together told too took top toward town traded trader traders trades try turn turned two type
  under until up upon us use used usual very view voice wait walk want wanted was watch water way we week well went
  were what when where whether which while white who whole whose why wide wife will win wish with within without word
  words work world worth would write wrong year years yes yesterday yet you young your brand brands trend tender trader
  treat sending spending pending bending lending mending tending fending vending friendly printer printers speaker
  speakers weather beach kitchen python recipe movie movies music doctor lawyer airport market mark makes marker
  bitten written button bottle bottles cotton bottleneck cardboard cardio dozen polite pole rite rites sole
  solo soul salt salad solve sold style stale stables staple staples shared shares sharp sheets coin corn cons coming
  cones gainful winter windows dinners winner losers closer closest loose loser lower power lowers tower flower flowers
  calmly quit quote steel steal study sturdy stead wild mild wide worst worse wurst wort drops drips crops props dumb
  damp jump bump lump pumps plumb numb spice spire spite space spare sake spoke volumes column columns violate
  violates signal sing sings singles single sinus overall oval rang rank range ranger orange grange strange change
  arrange compare compact company camper comparer versus verses version verse against again bench branch lunch bunch
  mooring morning evening mining dining lining moving loving boring coring pouring scoring storing string strings
  cap caps cab map gap tap lap top tip hop mop pop cop shop stop chop crop drop prop hot hat hit hut not lot pot got
  dot rot nest test best rest west quest guest rely reply apply supply apple apples steady ready already reader
  leader ladder header folder holder older order border harder farther further father feather leather whether higher
  hire fire wire tire high height weight eight sigh sign thigh nigh link pink sink think drink blink wink ink
  shave shiver shelter shrub shirt shift ship sheep shop sharp shark share terrain terrace terrible error terror
  monitor monetary monster money honey monkey donkey uniform union unit unity unite untie until utility gold silver
  oil gas key one flow sun mask sand ape mana link near hot dot atom uni op ton fil dogs dog cat cats pepper peppers script poem joke essay
  explode background insights bullet bulletin bully bull bear bare bean beard bearing wearing tearing hearing
  gear dear fear year pear tear crash cash trash brash flash flask flat flap flag float slide slice slid side aside
  inside outside decide beside provide pride bride bridge fridge ridge badge edge hedge wedge ledge pledge
  regards remind reminder printed picture please pleased lease least release cheers colleague spell email emails
  stakes stake stated status statue stature nature mature future feature creature capital capitol captain chart
  charts charm chars smart start heart hearts part parts party dart art arts cart carts card cards care cared
  scared scare score scored store stored story stories history factory victory memory theory hours ours yours
  dull doll roll poll pull full bulls balls falls calls walls halls hills bills mills wills skills fills pills
  invest investor investors investing investment advice advise device devise vice voice choice nice rice price prize
  forecast broadcast podcast roadmap wallet wallets ledger mining minted staking hacked hacker trezor exchange
  chosen shoes clothes shampoo headphones bicycle laptop desktop vacation holiday recommend commend command comment
  decent recent percent present prevent event vent lent went tent sent cent scent spent bent dent rent
  doing going dying trying buying flying lying crying frying drying relying applying sideline sidelined sideshow
  currency current currents decline recline incline line lines liner combine confine define refine fine finer
  calm balm palm psalm call cell sell tell well bell fell yell dwell swell smell shell spell
  companies countries cities states teams brands players actors singers phones laptops students teachers employees workers engineers salaries sneakers restaurants recipes sports league leagues school schools university hospital patients pressure mood moods temper sodium oxygen metal fabric paint garden traffic highway
  double triple digit digits sequel equal quality equality realty reality royalty loyalty penalty`.split(
    /\s+/,
  ),
);
