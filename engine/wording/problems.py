"""In which words is each problem said? Chinese first, English beside it; names are {facts}."""

from __future__ import annotations

PROBLEMS: dict[str, tuple[str, str]] = {
    # the file
    "no-such-file": ("没有这个文件", "there is no such file"),
    "no-such-submission": (
        "没有叫“{name}”的文件，也没有这样的案例",
        "there is no file `{name}`, and no case of that name",
    ),
    "unwritable-file": ("文件写不了：{found}", "the file can't be written: {found}"),
    "out-is-input": (
        "不能写到这里：评分时读了这个文件（{name}）；请换一个文件名",
        "results can't be written here: this file was read for them ({name}); name another",
    ),
    "unreadable-file": ("文件读不了：{found}", "the file can't be read: {found}"),
    "too-large": ("文件超过 {limit}", "the file is larger than {limit}"),
    "not-utf-8": (
        "文件不是 UTF-8 编码（可能是 GBK，也可能不是文本；遇到字节 {found}）：用记事本“另存为”，编码选 UTF-8",
        "the file is not in UTF-8 (perhaps in GBK, perhaps no text; found byte {found}): save it as UTF-8",
    ),
    "full-width-colon": (
        "“{found}”里的冒号是全角的；键后面要用半角冒号加空格（: ）",
        "the colon in `{found}` is full-width; a key is followed by `: `",
    ),
    "not-yaml": ("不是合法的 YAML：{found}", "not YAML: {found}"),
    "several-documents": (
        "一个文件只能有一份内容（多了一个 ---）",
        "one file holds one document (there is another ---)",
    ),
    "alias": (
        "不接受锚点和引用（& 与 *）：请把内容写全",
        "anchors and aliases (& and *) are not accepted: write it out",
    ),
    "tag": ("不接受 YAML 标签（!）", "YAML tags (!) are not accepted"),
    "too-many-values": ("内容超过 {limit} 个值", "more than {limit} values"),
    "too-deep": ("嵌套超过 {limit} 层", "nested deeper than {limit}"),
    "key-not-text": ("键必须是文字", "a key must be text"),
    "repeated-key": ("键“{found}”重复（第一次在第 {first} 行）", "key `{found}` again (first on line {first})"),
    "not-a-mapping": ("文件应当是“键: 值”的形式", "the file should hold `key: value` pairs"),
    "years-reversed": ("起始年份 {first} 晚于终止年份 {last}", "the first year, {first}, is after the last, {last}"),
    "no-ruleset-fits": (
        "没有一套规则适用于这份材料（{kind}，{place}，{year}年，填报 {filed} 项）；请用 --ruleset 指定",
        "no rule set fits this submission ({kind}, {place}, {year}, {filed} things filed); name one with --ruleset",
    ),
    "several-rulesets": (
        "有几套规则同样适用：{names}；请用 --ruleset 指定一套",
        "several rule sets fit alike: {names}; name one with --ruleset",
    ),
    "unknown-claim": ("没有“{name}”这种陈述", "there is no claim `{name}`"),
    "unknown-part": (
        "没有叫“{name}”的共用部分（找过规则文件旁的 shared 和自带的）",
        "there is no shared part `{name}` (neither in `shared` beside the rule file nor bundled)",
    ),
    "part-alone": (
        "这是共用部分“{name}”，不是规则文件：请检查包含它的规则文件",
        "this is the shared part `{name}`, not a rule file: check a rule file that includes it",
    ),
    "said-twice": (
        "“{name}”已在 {first} 写过，不能再写一次",
        "`{name}` already stands at {first}; it can't be said again",
    ),
    "older-spelling": (
        "这个文件用的是旧写法（{changes}），已按现行写法读入；`jixiao migrate` 可把文件改过来",
        "this file is written in an older spelling ({changes}) and was read in the present one; "
        "`jixiao migrate` brings it up",
    ),
    "migrate-by-hand": (
        "这里的排法无法自动改写；请手工改：{changes}",
        "this is laid out so that it can't be changed automatically; change it by hand: {changes}",
    ),
    "no-kind": (
        "看不出这是规则、共用部分、自评材料还是评定：开头应有 ruleset、part、submission 或 review-of",
        "this is no rule file, shared part, submission or review: it has none of ruleset, part, submission, review-of",
    ),
    "several-into-one": (
        "几个文件不能写进同一个文件：--out 请给一个文件夹",
        "several files can't be written into one: give --out a folder",
    ),
    "missing-key": ("缺少“{key}”", "`{key}` is missing"),
    "unknown-key": ("没有“{key}”这个键", "there is no key `{key}` here"),
    "not-one-of": ("“{found}”不在可选值之中：{expected}", "`{found}` is not one of {expected}"),
    "blank-value": ("这里不能空着", "this may not be blank"),
    "bad-value": ("“{found}”不合要求，应为：{detail}", "`{found}` won't do here; expected: {detail}"),
    "not-a-year": (
        "“{found}”不是年份：写四位数字，不带“年”，如 2013",
        "`{found}` is no year: write its four digits alone, as 2013",
    ),
    "not-a-number": (
        "“{found}”不是数（至多 15 位、6 位小数；千分位要放对）",
        "`{found}` is not a number (at most 15 digits, 6 of them decimals; separators in place)",
    ),
    "bare-expression": (
        "式子和条文要放在引号里或写成块（|-），免得 YAML 的记号改了它",
        "put expressions and clauses in quotes or a block (|-), so that YAML's marks can't change them",
    ),
    # expressions
    "unfinished": ("式子没有写完", "the expression stops too early"),
    "unexpected": ("这里不该是“{found}”", "`{found}` is not expected here"),
    "too-long": ("式子超过 {limit} 个字", "the expression is longer than {limit} characters"),
    "not-exact": ("数“{found}”超出 15 位或 6 位小数", "number `{found}` has more than 15 digits or 6 decimals"),
    "wrong-arguments": ("“{function}”的参数个数不对", "wrong number of arguments for `{function}`"),
    "unknown-name": (
        "没有叫“{name}”的数据、指标或标志；在 figures 或 measures 里写一个同名的",
        "no figure, measure or flag has the name `{name}`; define it in `figures` or `measures`",
    ),
    "unknown-field": ("“{table}”没有“{name}”这一栏", "`{table}` has no field `{name}`"),
    "unknown-criterion": ("没有“{name}”这一条指标", "there is no criterion `{name}`"),
    "row-field-outside-rows": (
        "“{name}”是指标行的栏目，只能在逐行（for each indicator）时使用",
        "`{name}` is a field of an indicator row; use it where rows are walked (for each indicator)",
    ),
    "line-field-outside-lines": (
        "“{name}”按资金行填报，只能在 spending 的各行里使用",
        "`{name}` stands in each line of the fund table; use it where the lines of `spending` are walked",
    ),
    "settled-later": ("“{name}”（{role}）要到后面才算得出，这里不能用", "`{name}` ({role}) is settled later than this"),
    "wrong-kind": ("这里要 {expected}，写的却是 {found}", "a {expected} is needed here, this is a {found}"),
    "date-arithmetic": (
        "日期不能加减乘除、求和或定界限；隔几天用 days(起, 止)，隔几个工作日用 workdays(起, 止)",
        "dates are not calculated with and have no thresholds; write `days(from, to)` or `workdays(from, to)`",
    ),
    "not-a-date": (
        "“{function}”要两个日期（unit: date），这里却是 {found}",
        "`{function}` takes two dates (`unit: date`), this is in {found}",
    ),
    "units-differ": ("单位不能相加减或比较：{left} 与 {right}", "these units can't meet: {left} and {right}"),
    "bare-for-percent": (
        "“{found}”没有单位，不能当作百分比",
        "`{found}` has no unit: it can't stand for a percentage",
    ),
    "too-wide": (
        "中间结果可能超出 128 位整数；请先对商取位（round），或限定数据的小数位和大小（digits、most）",
        "an intermediate could exceed 128-bit integers; round the quotients first, or limit the figures "
        "(`digits`, `most`)",
    ),
    "sum-of-quotients": (
        "逐行求和的商必须先取位，否则不能精确相加",
        "quotients summed over rows must be rounded first, or the sum isn't exact",
    ),
    "text-has-no-order": (
        "文字只能比较是否相同，不能用 {operator}",
        "texts are equal or not; `{operator}` doesn't apply",
    ),
    "not-comparable": ("{left} 与 {right} 不能比较", "a {left} can't be compared with a {right}"),
    "not-rows": ("“{table}”不是可以逐行计算的表", "`{table}` is not a table of rows"),
    "rows-have-no-key": ("指标行没有键；请逐行计算或用 for each indicator", "indicator rows have no key; walk them"),
    "inferred-in-rows": ("“{name}”由推理得出，不能在汇总里使用", "`{name}` is inferred; an aggregate can't read it"),
    "inferred-state": (
        "推理得出的标志没有“未知”可问；请用 not",
        "an inferred name has no state to ask for; use `not`",
    ),
    # rule sets
    "name-twice": ("“{name}”已在 {first} 里用过", "`{name}` already stands under {first}"),
    "name-reserved": ("“{name}”是保留的名字", "`{name}` is a reserved name"),
    "circle": ("互相引用成圈：{names}", "these depend on each other in a circle: {names}"),
    "unit-of-measure": (
        "公式得出 {found}，而单位写的是 {expected}",
        "the formula gives {found}, the unit says {expected}",
    ),
    "unit-of-threshold": (
        "界限“{found}”与指标的单位（{unit}）不合",
        "threshold `{found}` is not in the measure's unit ({unit})",
    ),
    "limit-out-of-bounds": (
        "上限“{found}”必须大于 0，且不超过 15 位",
        "limit `{found}` must be above 0 and within 15 digits",
    ),
    "block-with-method": ("“{name}”既有下级又有评分方式", "`{name}` has both criteria below it and a scoring method"),
    "leaf-without-method": (
        "“{name}”没有评分方式（scoring），也没有下级",
        "`{name}` has neither a scoring method nor criteria",
    ),
    "points-differ": ("分值写的是 {stated}，合计却是 {sum}", "{stated} points are stated, the sum is {sum}"),
    "choice-left-open": (
        "这里有一个规则没有写明的选择：{choice}；请在 policy 或本条中写明",
        "the wording leaves a choice open here: {choice}; name it in `policy` or in this criterion",
    ),
    "bands-gap": ("分档有空缺：从 {from} 到 {to} 之前", "the bands leave a gap: from {from} up to {to}"),
    "bands-overlap": ("分档重叠：{at} 处", "the bands overlap at {at}"),
    "band-without-ends": ("一档要么写 at，要么写 from / to", "a band has either `at` or `from`/`to`"),
    "band-upside-down": ("这一档的 from 不小于 to", "`from` is not below `to` in this band"),
    "line-without-length": ("满分点与零分点相同", "full points and none at the same place"),
    "target-not-positive": ("目标值“{found}”必须大于 0", "target `{found}` must be above 0"),
    "step-not-positive": ("步长“{found}”必须大于 0", "step `{found}` must be above 0"),
    "relative-to-zero": ("标准为 0，不能按相对百分比计步", "the standard is 0: steps can't be relative to it"),
    "floor-out-of-bounds": ("最低分“{found}”不在 0 与分值之间", "floor `{found}` is not between 0 and the points"),
    "block-unread": (
        "有下级的一块不读 {key}；写到下级各条里",
        "a block with criteria below it doesn't read `{key}`: say it of each of them",
    ),
    "points-too-fine": (
        "分值 {found} 比每条得分的 {digits} 位小数还细，满分也会被取整；改分值，或改 rounding",
        "{found} points are finer than the {digits} decimals of a criterion: not even full points could be given",
    ),
    "cap-too-fine": (
        "{found} 比总分的 {digits} 位小数还细，取整后会超过它；改成 {digits} 位以内",
        "{found} is finer than the {digits} decimals of the total, which would round past it",
    ),
    "points-out-of-bounds": (
        "{found} 分不在 {low} 与 {high} 之间；确要给负分的，在 scoring 里写 least",
        "{found} points are not between {low} and {high}; where less than 0 is meant, `least` in `scoring` says so",
    ),
    "cuts-mixed": (
        "同一侧（{side}）的 cuts 有的给分，有的扣分，先后不明；只用一种",
        "cuts on one side ({side}) some give points and some take them, in which order nobody says: use one kind",
    ),
    "cuts-overlap": ("{at} 处有两个 cuts；只留一个", "two cuts begin at {at}: keep one"),
    "cut-beside-pass": (
        "{at} 的 cuts 与 pass 在同一侧，哪个为准不明；pass 也写成 cuts",
        "the cut at {at} stands on the side of `pass`: which one counts nobody says; make the pass mark a cut",
    ),
    "money-of-other-unit": (
        "预算 {budget}、执行 {actual} 与所印执行率 {rate} 差成千上万倍，其中一个写的是别的金额单位；核实后写明单位",
        "budget {budget} and spending {actual} differ from the printed rate {rate} by thousands: one of them is in another unit of money",
    ),
    "bare-share": (
        "“{found}”没写单位，是 {found}% 还是 {percent}% 不清楚；写上 %（或写成大于1的数）",
        "`{found}` has no unit: {found}% or {percent}%? Write the % sign",
    ),
    "answer-inapplicable": (
        "“{name}”不适用，不计入，对它的评定不起作用；删去，或先改填报",
        "`{name}` does not apply and is left out: an answer to it changes nothing",
    ),
    "judgement-out-of-bounds": (
        "评判的上下限不在 0 与分值之间",
        "the bounds of the judgement are not within 0 and the points",
    ),
    "most-not-above-full": ("封顶“{found}”应是高于 100% 的比例", "`{found}` should be a share above 100%"),
    "most-unfit": (
        "most 只用于正向的比例，且不与 over 并写",
        "`most` goes with a forward proportion, and not beside `over`",
    ),
    "editable-unread": (
        "{method} 本由评价人评定，不读 editable",
        "a {method} is the evaluator's anyway; it doesn't read `editable`",
    ),
    "moved-to-unfit": (
        "分值不能并入“{name}”：应是同级的另一条评分，一定适用，不是择优各条，也不是加减分项",
        "a weight can't move to `{name}`: name a scored row beside it that always applies and counts into the same sum",
    ),
    "cut-of-one": ("一处截断要么写 points，要么写 deduct", "a cut-off has either `points` or `deduct`"),
    # clauses
    "clause-without-rule": ("条文里没有读到评分规则", "no scoring rule was found in the clause"),
    "clause-unfinished": (
        "条文没有写完整：到“{found}”为止还定不出分",
        "the clause stops short: `{found}` settles no points",
    ),
    "clause-unreadable": ("条文自“{found}”处起无法识别", "the clause can't be read from `{found}` on"),
    "own-clause-unread": (
        "“{row}”所印评分标准自“{found}”处起无法识别，由评价人评分",
        "the rule printed in `{row}` can't be read from `{found}` on: the evaluator scores it",
    ),
    "clause-doubtful": (
        "“{found}”没有写明界限，不能据以算分",
        "`{found}` sets no bounds: no points can follow from it",
    ),
    "clause-word-unread": (
        "“{found}”会改变规则，用在这里却读不出确切的意思",
        "`{found}` would change the rule, and what it means here can't be told",
    ),
    "contradictory": ("“{found}”与条文的其他部分相矛盾", "`{found}` contradicts the rest of the clause"),
    "not-combined": (
        "“{found}”与条文的其他部分合不成一条规则",
        "`{found}` doesn't make one rule with the rest of the clause",
    ),
    "points-above-full": ("{found} 分超过了满分 {full} 分", "{found} points are more than the full {full}"),
    "points-below-full": (
        "得分最高为 {found}，满分却是 {full}",
        "{found} points are the most it gives, {full} are the full ones",
    ),
    "points-not-positive": ("分数“{found}”必须大于 0", "`{found}` points must be above 0"),
    "items-alike": (
        "有两条都叫“{found}”，分不清是哪一条",
        "two items are both called `{found}`: no answer could tell them apart",
    ),
    "points-unsaid": ("“{found}”没有写明得几分", "`{found}` has no points"),
    "standards-differ": ("标准前后不一：{first} 与 {found}", "two standards: {first} and {found}"),
    "side-unsaid": ("“{found}”没有写明是高于还是低于标准", "`{found}` doesn't say on which side of the standard"),
    "several-steps": (
        "“{found}”与前一个每步扣分不能合成一条",
        "`{found}` doesn't make one rule with the step before it",
    ),
    "several-measures": ("“{found}”与“{first}”不是同一个指标", "`{found}` is not the same measure as `{first}`"),
    "several-conditions": ("“{found}”含有几个条件", "`{found}` holds several conditions"),
    "unit-of-target": ("“{found}”后面要写百分比", "a percentage is needed after `{found}`"),
    "choice-unknown": (
        "“{choice}”不能取“{found}”（可取：{expected}）",
        "`{choice}` can't be `{found}` (allowed: {expected})",
    ),
    "cap-of-one": ("“{name}”须且只须写 grade 或 total 之一", "`{name}` needs exactly one of `grade` and `total`"),
    "unknown-grade": ("没有“{name}”这个等级", "there is no grade `{name}`"),
    "grades-out-of-order": (
        "等级须从高到低，最后一档从 0 起（见“{name}”）",
        "grades go from the highest down, the last from 0 (see `{name}`)",
    ),
    "ground-without-authority": (
        "“{name}”依据法规，却没有写 authority",
        "`{name}` rests on a regulation but cites none",
    ),
    "rows-without-rules": (
        "有按指标行评分的条目，却没有 rows 规则",
        "indicator rows are scored, but there are no `rows` rules",
    ),
    # letters
    "letters-without-points": (
        "按字母评分的规则没有分数，这里不用“{key}”",
        "a rule set scored by letters has no points: `{key}` has no place here",
    ),
    "letters-undeclared": (
        "这一条得字母，规则里却没有写 letters",
        "this gives a letter, but the rule set names no `letters`",
    ),
    "unknown-letter": ("没有“{name}”这个字母", "there is no letter `{name}`"),
    "letters-out-of-order": ("字母须从高到低（见“{name}”）", "letters go from the best down (see `{name}`)"),
    "lift-off-scale": ("“{letter}”加 {lift} 不是任何一个字母", "`{letter}` raised by {lift} is no letter"),
    "conversion-out-of-order": (
        "{count} 项的换算须从合计 {least} 起，字母越高，合计越高",
        "the row for {count} starts from a sum of {least}, and a better letter needs a higher sum",
    ),
    "conversion-missing": ("换算表没有 {count} 项的一行", "the conversion table has no row for {count}"),
    "levels-out-of-order": (
        "各档从高到低写，后一档包括前一档，otherwise 最低（见“{name}”）",
        "levels go from the best down, each range within the next, `otherwise` lowest (see `{name}`)",
    ),
    "reached-in-too-many": ("要 {found} 项达到，指标只有 {most} 项", "{found} must reach it, of {most} measures"),
    # submissions
    "unit-of-figure": ("“{found}”的单位不合，应为 {unit}", "`{found}` is not in {unit}"),
    "figure-too-large": (
        "“{found}”超出了规则给这项数据定的上限 {most}",
        "`{found}` is beyond the {most} that the rules allow this figure",
    ),
    "figure-too-fine": (
        "“{found}”按元或按比率折算后，小数多于 {digits} 位",
        "`{found}` has more than {digits} decimals, counted in 元 or on the fraction",
    ),
    "not-a-day": (
        "“{found}”须写明是哪年哪月哪日（如 2024年3月31日）；“…前”和整月、整年都不是一天",
        "`{found}` must name one day, with its year (as 2024-03-31); “…前”, a month or a year is none",
    ),
    "points-negative": ("分值“{found}”不能小于 0", "full points can't be below 0: `{found}`"),
    "not-yes-no": ("“{found}”应写 是 或 否", "`{found}` should be 是 (yes) or 否 (no)"),
    "repeated-line": ("“{found}”这一行重复", "line `{found}` stands there twice"),
    "unknown-row": ("没有叫“{name}”的指标行", "no indicator row has the name `{name}`"),
    "ambiguous-row": ("有几行都叫“{name}”", "several indicator rows have the name `{name}`"),
    "unknown-level": ("“{found}”不是本规则的一级指标：{expected}", "`{found}` is no level of these rules: {expected}"),
    "unknown-tier": ("没有“{found}”这一档；可选：{expected}", "there is no tier `{found}`; choose from: {expected}"),
    "wrong-item": (
        "第 {found} 项写错：只有 1–{items} 项，且不能既达到又未达到",
        "item {found}: there are 1–{items}, each met or not",
    ),
    "points-of-the-next-tier": (
        "{found} 分属于相邻的一档：本档 {low}–{high}，不含 {found}",
        "{found} points belong to the tier beside it: this one is {low}–{high} without {found}",
    ),
    "tier-of-measured": (
        "这一行已按规则算定为 {points} 分，不定档，不读“{found}”",
        "the rules settle this row at {points} points: no tier is read (`{found}`)",
    ),
    "not-editable": (
        "已按规则算定为 {points} 分，规则没有许可改为 {found} 分（editable）",
        "the rules settle this at {points} points; they don't let it be changed to {found} (`editable`)",
    ),
    "points-out-of-range": ("{found} 分不在允许的 {low}–{high} 之内", "{found} points are not within {low}–{high}"),
    "review-of-another": (
        "这份评定针对“{found}”，材料却是“{expected}”",
        "this reviews `{found}`, the submission is `{expected}`",
    ),
    "one-review": ("--review 只能用于一份材料", "--review goes with one submission"),
    "clause-disagrees": (
        "条文与评分方式不一致；按评分方式，条文应是“{method}”",
        "clause and scoring method disagree; the form says `{method}`",
    ),
    "clause-leaves-open": (
        "条文没有写明 {choice}；请在 choose 或 policy 中写明（{allowed}）",
        "the clause leaves {choice} open; name it in `choose` or `policy` ({allowed})",
    ),
    "clause-conditional": (
        "条文有适用条件“{found}”；请写 applies",
        "the clause is conditional (`{found}`); write `applies`",
    ),
    "clause-forfeits": (
        "条文写明“{found}”；请写 applies（没有这种情形）和 not-applicable: zero",
        "the clause forfeits all points (`{found}`); write `applies` (that there is no such thing) and "
        "`not-applicable: zero`",
    ),
    "answer-of-one": (
        "一条评定须且只须写 criterion 或 row 之一",
        "an answer names exactly one of `criterion` and `row`",
    ),
    "ambiguous-criterion": (
        "有几条指标都叫“{name}”，请写全路径",
        "several criteria have the name `{name}`: write the path",
    ),
    "answered-twice": ("“{name}”评定或确认了两次", "`{name}` is answered twice"),
    "answer-unread": ("{method} 不读“{found}”，只读 {expected}", "a {method} doesn't read `{found}`, only {expected}"),
    "answer-empty": ("这条评定没有内容，应写 {expected}", "this answer says nothing; expected: {expected}"),
    "wrong-judge": (
        "本规则评的是 {judges}，提交的是 {found}",
        "these rules judge a {judges}, the submission is a {found}",
    ),
    "unknown-ruleset": ("没有叫“{name}”的规则", "there is no rule set `{name}`"),
    "unknown-subject": ("没有叫“{name}”的指标、数据或问题", "no criterion, figure or finding has the name `{name}`"),
    "full-points-differ": (
        "满分合计 {found} 分，不是 {expected} 分，不评等级",
        "the full points come to {found}, not to {expected}: no grade",
    ),
    "unread-figure": ("规则没有用到“{name}”", "the rules don't read `{name}`"),
    "row-units-differ": (
        "目标值“{target}”与完成值“{actual}”单位不同",
        "target `{target}` and actual `{actual}` differ in unit",
    ),
    "extension-unusable": (
        "durable_rules 已安装但无法载入：{found}。见 README“安装”一节",
        "durable_rules is there but can't be loaded: {found}. See “Installing” in the README",
    ),
    "letter-differs": (
        "例“{at}”应为 {expected}，算出 {found}",
        "example `{at}` should give {expected}, it gives {found}",
    ),
    "example-differs": (
        "例“{at}”应得 {expected} 分，算出 {found} 分",
        "example `{at}` should give {expected}, it gives {found}",
    ),
    # cases
    "case-differs": ("{what}：应为 {expected}，算出 {found}", "{what}: expected {expected}, found {found}"),
    "difference-unexplained": (
        "公布 {published}，按规则 {found}：须写明原因（differs）",
        "published {published}, by the rule {found}: a reason is needed (`differs`)",
    ),
    "reason-without-difference": (
        "公布与按规则一致，differs 应当删去",
        "published and by the rule agree: remove `differs`",
    ),
}
