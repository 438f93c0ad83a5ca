import type { LexiconEntry } from "./entry.ts";

export const signals: readonly LexiconEntry[] = [
  {
    means: { kind: "signal", value: "pump_and_dump" },
    say: [
      "pump(s|ed|ing)?( )?(and|n|&|then|and then) (a )?(got |was |were |been )?dump(s|ed|ing|er|ers)?( pattern| patterns| scheme| schemes| signal| signals| alert| alerts| setup| setups| coin| coins| scam| scams)?",
      "(p&d|p & d|pnd|pnds|p&ds|p & ds|p and d|p and ds)( signal| signals| pattern| patterns| scheme| schemes| setups| scam| scams| coins| crap| stuff| garbage| plays| action)?( went down| going on| happening)?",
      "(pump|pumps) dump(s)?",
      "pumped( up)?(,| ,)? (and |then |and then )?dumped( again| back down| out)?",
      "pump( )?/( )?dump(s)?",
      "pump(ed)? (before|only to) dump(ing)?",
    ],
  },
  {
    means: { kind: "signal", value: "bottomed_out" },
    say: [
      "bottom(ed|ing|s)?( )?out( signal| signals| pattern| patterns| coin| coins| setup| setups)?",
      "bottom(ed|ing)( signal| signals| pattern| patterns)?",
      "(hit|hits|hitting|find|finds|found|finding|reach|reached|reaching|touched|struck|printed|put in|set|made|make|making|formed|forming) (absolute |rock |price |local )?bottom(s)?",
      "(hit|hits|hitting|find|finds|found|finding|reach|reached|reaching|touched|put in|set|formed|forming) (a |an |the |their |its )?(rock |price |local |possible |solid )?(bottom|floor|bottoms|support floor)",
      "at (the |its |their |a |rock )?bottom(s)?",
      "(a|its|their|the) (local |possible |solid |firm )?(bottom|floor)",
      "(carved|carving|carve|hammered|hammering|established|built|printing|put|putting|set|setting) (out |in )?(a |its |their )(bottom|floor|base)",
      "(recover|recovers|recovering|recovered|recovery|bounce|bounced|bouncing|rebound|rebounded|rebounding|coming back|came back|coming up|came up|climbing back|climbed back|back up|rising) (up )?(from|off|off of|after) (a |an |the |their |its )?(low|lows|bottom|bottoms|floor|floors)",
      "(off|from) (the |their |its )?(lows|bottom)",
      "(bottom|bottoms)( signal| signals| formation| formations| pattern| patterns)",
      "bottoms",
      "(found|find|finds|finding|caught|got) support( at| near| around| on| from)?( the| its| their)?( recent)?( low| lows| bottom| floor)?",
      "(rock bottom|bottoms in|bottom is in|bottom in)",
    ],
  },
  {
    means: { kind: "signal", value: "volume_anomaly" },
    say: [
      "vol(ume)?(s)? (anomal(y|ies)|spike(s|d)?|spiking|surge(s|d)?|surging|explosion(s)?|exploding|exploded|burst(s)?|jump(s|ed)?|jumping|outlier(s)?|abnormalit(y|ies)|blowout(s)?|irregularit(y|ies)|oddit(y|ies)|through the roof|out of the ordinary|off the charts)( signal| signals| alert| alerts| coins)?",
      "(volume|volumes|turnover)( reading| readings| activity| numbers| figures)? (count as |counts as |is |are |was |has been |have been |looks |looking |seems |that is |being |went |gone |going )(unusual|abnormal|weird|strange|odd|crazy|(unusually |abnormally |very )?high|spiking|spiked|surging|exploding|anomalous|suspicious|fishy|off|nuts|through the roof|off the charts|out of the ordinary|way up|elevated|not normal|(way |far |well )?(above|over) (average|normal|usual))",
      "(unusual|unusually( high| large| heavy| big)?|abnormal|abnormally (high|large|heavy)|weird|strange|odd|anomalous|irregular|suspicious|sus|sketchy|shady|dodgy|crazy|out of the ordinary|weirdest|oddest|strangest|craziest|fishiest|freak|freaky|freakish|bizarre|outsized|peculiar|unreal|monstrous|gigantic|ridiculous|outlandish|aberrant|erratic|fishy|funky|funny|extreme|exceptional|extraordinary|insane|huge|massive|heavy|elevated|atypical|uncommon|wild|sudden|high|unexpected)( trading| trade| crypto| market| amount of| amounts of| level of| levels of| kind of)?( trading| trade)? (volume|volumes|turnover)( reading| readings| activity| action| signal| signals| spike| spikes| surge| surges| move| moves)?",
      "(spike|spikes|surge|surges|jump|jumps|anomaly|anomalies|explosion|burst|abnormalities|outliers|spiking|surging|(anything|something) (weird|odd|strange|unusual|off|fishy|funny) about|(anything|something) (off|fishy|funny)|anything weird|something weird|something odd|anything odd|anything strange|anything unusual)( in| of| with| on)? (the |their |its )?(trading |trade )?(vol(ume)?(s)?|turnover)",
      "(volume|volumes|turnover) (went|goes|going|gone|has gone|have gone) (bananas|crazy|nuts|wild|mad|berserk|ballistic|bonkers|parabolic|vertical|insane|mental|haywire|through the roof|off the charts)",
      "(volume|volumes|turnover) (on|of|in|for|with) (anything|any coin|any coins|something|@coin) (been |being |was |is |looking )?(unusual|abnormal|weird|strange|odd|suspicious|off|unusually high|elevated)",
      "(volume|trading) (activity )?anomal(y|ies)",
      "(unusual|abnormal|weird|strange|odd|anomalous) vol",
      "volume (unusual|abnormal|weird|strange|odd|unusually high|too high)",
      "(weird|odd|strange|unusual|funny|fishy|crazy|abnormal) (stuff |things |is )?(going on |happening )?(with|in|on) (the )?(trading )?vol(ume)?(s)?",
      "(traded|trading|trades) (way |far |much )?(more|above) than (usual|normal|average)",
      "(unusual|abnormal) (trading|activity|trading activity)",
      "way (more|above) (usual|normal|average) volume",
      "volume (way |far |much |well )?(above|over) (the |its |their )?(average|normal|usual)",
      "(anomaly|anomalies)( in volume)?",
    ],
  },
  {
    means: { kind: "signal", value: "two_highs_one_low" },
    say: [
      "(the pattern with )?(two|tow|2|double|twin|a pair of|a couple of) (high|highs|peaks|tops)(,|/)?( ,| /| and| with| plus| then| around| &| either side of| on either side of)?( a| one| 1| single)? (low|lows|dip|trough|valley)( pattern| patterns| setup| setups| signal| signals| formation| formations| shape| shapes| coins)?",
      "(two|2|double|twin) (high|highs|peaks|tops) (,|and |with |plus |around )?(a |one |1 )?(low|lows|dip|trough) (in )?between( them)?",
      "(one|1|a|a single) low (in )?between (two|2) highs",
      "(one|1|a|a single) low (and|,|with) (two|2) highs",
      "two highs",
      "2 highs",
      "(2h1l|2hi1lo|2 h 1 l)",
      "double top(s)?( formation| formations| pattern| patterns| setup| setups| signal| signals)?",
    ],
  },
  {
    means: { kind: "signal", value: null },
    say: [
      "(market |trading |new |fresh |active |latest |confirmed |suspected |open |recent |current |live |unresolved |resolved )?signal(s)?",
      "(trade |trading )?alert(s)?",
    ],
  },
];
