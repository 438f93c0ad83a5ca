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
  double triple digit digits sequel equal quality equality realty reality royalty loyalty penalty
  acre actions aide amazingly animal animals ants arena attending avenge axle badger badges bagels bale ballistics
  balloon balloons banana banish banter bath batting beads beak beam beams bearings beasts beatings beaut
  bedside beep beeping beers bees belief beliefs believer bells bikers billing blaring bleeder bleep blob bloke
  bloodshed blooming boar bombers bony booth bouncer bounds bounty bowing boxer boxers braces bragging breaker
  breath breaths brew briefing brilliance brilliantly brink brow bugged bugs bulb bulbs bunk bunker burgers
  businesses butting buttons cables cabs cafe calculator calf caller calves camel candle canned cannon cans
  captivity casing catchy caterer cautious certainly chap chapel chaps chapter charger charter chase chaser
  chases chatter cheek chili chipped chipper choked choking chow classes clattering climax clipped clocked clues
  cluster coalition coast coffees coil coincidence collection collections coma comb comet compass compassion
  computers conditioned conditioner cone conference confined connection connections consolation container
  containers contest continent convention convictions cooped cops correctional corruption couch counter
  crackling cram crate crates crawled crazier creaking creative crib crooked crow crowned crowning crows
  cruising crusade crust crutches cursed curses cursing curtain curtains dairy dame deadline dealings deceit
  defend defended defending depending descent described describes destiny destroyer detain detained detection
  detest devils devised dial dialing dime directive diver dome donut dose doses dots dreadfully drooling ducking
  dues duly dumplings dusting ease elevator elusive employed evacuation evaluation excellence exception
  exceptions excessive exclusively expansion exploration explorer explosive explosives failures fame fanatic
  fatter faxed feast feat fever fins fist fixtures flaw fleeting flier fliers flop folk fore forth freaks fret
  fright frisky frog funk gasping geezer gently germs goal goats goner goods gout gown grad grain grape grease
  greatly greatness grin grinning groaning growling grunting gutters harp hats heap hearings heed heel herd
  herring hick hips hissing hogs homing honking horribly hose hots hull hundreds hysterical ideas identity
  incense injection insanity intercepted intro inventory itching jamming jerk jerks jest joker jumper junk jury
  knot labs lard largely lark laser lasers lawful laws leash legs lens letters lever limo linen lint livelihood
  lobe locals locker locket loft lone loner longed longing loon lunar lung machine mall manly manually marched
  marches mare markers mass massage mast mater mating maze meals meds memo messy mile minivan mink mint mints
  missile mission missions mist moat mole moments monastery monument moping mower muck mush muster myths needy
  negatives nerves nights nose numbered oblige offender offices onions oranges ounce outcome outdoors outlet
  outrage outraged outsider outsiders overly oversight ozone pace pact pads pain pains palace particularly
  pasture peas peasant peck peep peeping peoples perks pest petty picky pictured pictures pill pint plane planes
  platter pleases pleasing pledged plight plotting ploy plucked plum plumbing pods positively posture pots
  pottery precinct precious priors prizes product production products projector protocols province puck pulp
  pumpkin puncture purse putter quarrel quart quartet quid quietly quitter quota racer racers racket railing
  readiness realm reborn receiver reckless recorder relation relatively repent rescued rescuing retained revised
  revolver ribs rigged rink rinse roach roaches robe rocker role rollers rudder sakes sale sales saline sane
  saucer saucy scenes scope scrubbed scrubbing seams seas seasons section seize seller serenity server sessions
  shaker sham shameless shan shank shelling shilling shooters shots shoulders shoved shoving shower showers
  shred shrine shutdown sidewalk sighing sighting significance simulation sins sire situations skaters sketch
  sketches skid skipped slamming slap slapped slapping slate slaughter slave sled sleepless slew slime sling
  slipper slippers slop slot slugged slum slumber smoker smokers snack snacks snapping snip snooping snore
  snoring snowed snuff socks solar sonar sorta spaces spatter spear speck spine sport stairs stakeout stalker
  stamina stance starch starter station statues steak sticker stickers stingy stocked stool stormy stove stow
  strand stranded strangely structural strung stuffy submarine successfully suckers sulking sundae supper
  surplus suspicion suspicions swamped swans sweater swine syringe tailed tailing tails tale tales tanker taped
  tapes taping tapped tapping taps task tasks temperatures tend thaw theme thine thorough thud thumbs thump
  ticket tickets tickles tights toes tonic toot torches touchy towns toxic toys trace traced tracer traces
  tracing tract trailer trainee trainer trashed traveled tree triplets troupe truce truck tubes turf turnip twig
  twit ugliness unable undertaker unexpectedly vacations valve variation vine vines violin volts vomiting wack
  wage wager wailing wand wart washer watering waters whim whining whirring whiz whoopee wigs wildcat wilt wines
  winnings wits wonderfully worlds worm worthy wretched`.split(/\s+/),
);
