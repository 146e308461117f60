"""In which words is it said? Every sentence of the engine, Chinese first, English beside it; names are {facts}."""

from __future__ import annotations

from typing import Literal

from .problems import Problem

Lang = Literal["zh", "en"]

PROBLEMS: dict[str, tuple[str, str]] = {
    # the file
    "no-such-file": ("没有这个文件", "there is no such file"),
    "no-such-submission": (
        "没有叫“{name}”的文件，也没有这样的案例",
        "there is no file `{name}`, and no case of that name",
    ),
    "unreadable-file": ("文件读不了：{found}", "the file can't be read: {found}"),
    "too-large": ("文件超过 {limit}", "the file is larger than {limit}"),
    "not-utf-8": ("不是 UTF-8 文本：遇到字节 {found}", "not UTF-8 text: found byte {found}"),
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
    "missing-key": ("缺少“{key}”", "`{key}` is missing"),
    "unknown-key": ("没有“{key}”这个键", "there is no key `{key}` here"),
    "not-one-of": ("“{found}”不在可选值之中：{expected}", "`{found}` is not one of {expected}"),
    "blank-value": ("这里不能空着", "this may not be blank"),
    "bad-value": ("“{found}”不合要求，应为：{detail}", "`{found}` won't do here; expected: {detail}"),
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
    "unknown-name": ("没有叫“{name}”的数据、指标或标志", "no figure, measure or flag has the name `{name}`"),
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
    "block-with-form": ("“{name}”既有下级又有评分方式", "`{name}` has both criteria below it and a scoring form"),
    "leaf-without-form": (
        "“{name}”没有评分方式（scoring），也没有下级",
        "`{name}` has neither a scoring form nor criteria",
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
        "{form} 本由评价人评定，不读 editable",
        "a {form} is the evaluator's anyway; it doesn't read `editable`",
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
    "clause-unreadable": ("条文读到“{found}”读不下去", "the clause can't be read from `{found}` on"),
    "clause-doubtful": (
        "“{found}”没有写明界限，不能据以算分",
        "`{found}` sets no bounds: no points can follow from it",
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
    "unknown-tier": ("没有“{found}”这一档", "there is no tier `{found}`"),
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
    "split-below-zero": (
        "{points} 分由 {count} 行均分，四舍五入后余数所在行只有 {found} 分",
        "{points} points shared among {count} rows, rounded half-up, leave {found} for the row of the rest",
    ),
    "points-out-of-range": ("{found} 分不在允许的 {low}–{high} 之内", "{found} points are not within {low}–{high}"),
    "review-of-another": (
        "这份评定针对“{found}”，材料却是“{expected}”",
        "this reviews `{found}`, the submission is `{expected}`",
    ),
    "one-review": ("--review 只能用于一份材料", "--review goes with one submission"),
    "clause-disagrees": (
        "条文与评分方式不一致；按评分方式，条文应是“{form}”",
        "clause and scoring form disagree; the form says `{form}`",
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
    "answer-unread": ("{form} 不读“{found}”，只读 {expected}", "a {form} doesn't read `{found}`, only {expected}"),
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

PHRASES: dict[str, tuple[str, str]] = {
    "nearest": ("是不是“{name}”？", "did you mean `{name}`?"),
    "lacks": ("缺 {names}", "{names} not supplied"),
    "no-calendar": ("{year}年的放假安排（日历只有{first}—{last}年）", "the holidays of {year} (the calendar has {first}–{last})"),
    "and-more": ("{names} 等 {count} 项", "{names} … ({count} in all)"),
    "cell": ("“{line}”的{column}", "{column} of `{line}`"),
    "column-initial": ("年初预算数", "initial budget"),
    "column-budget": ("全年预算数", "budget"),
    "column-actual": ("全年执行数", "spending"),
    "column-rate": ("执行率", "printed rate"),
    "column-weight": ("分值", "full points"),
    "column-filed": ("得分", "points filed"),
    "paid-by": ("{month}月底累计支付数", "payments up to the end of month {month}"),
    "printed-points": ("表上所印“{name}”的分数", "points printed for `{name}`"),
    "lines-of": ("“{line}”各行", "the lines of `{line}`"),
    "all-spending": ("资金表各行", "the lines of the fund table"),
    "all-payments": ("各月累计支付数", "the payments by month"),
    "undefined": ("{formula} 除数为 0，无法计算", "{formula} divides by 0"),
    "zero-base-full": ("基数为 0，按规定得满分", "the base is 0: full points as the rules name it"),
    "zero-base-zero": ("基数为 0，按规定不得分", "the base is 0: no points as the rules name it"),
    "outside": ("{value} 不在任何一档之内", "{value} lies outside every band"),
    "pending": ("待评价人评定", "awaits the evaluator"),
    "pending-items": ("第 {items} 项待评价人评定", "items {items} await the evaluator"),
    "not-applicable-full": ("不适用，按满分计算", "does not apply: full points as the rules name it"),
    "not-applicable-zero": ("条件不成立，不得分", "its condition fails: no points"),
    "not-applicable-excluded": ("不适用，不计入", "does not apply: left out"),
    "not-applicable-renormalise": ("不适用，不计入，其余折算", "does not apply: left out, the rest scaled up"),
    "not-applicable-moved": ("不适用，分值并入“{name}”", "does not apply: its weight goes to `{name}`"),
    "maybe-moved": ("不适用时分值并入“{name}”", "where it does not apply its weight goes to `{name}`"),
    "weight-moved": ("并入不适用行的分值，满分由 {own} 改为 {full}，折算为 {points}",
                     "with the weight of what does not apply, {full} in place of {own}: {points}"),
    "maybe-applies": ("是否适用尚不清楚", "whether it applies is not known"),
    "no-rows": ("没有填报“{level}”的指标行", "no indicator row of `{level}` was filed"),
    "sum-of-rows": ("{count} 行合计", "sum of {count} rows"),
    "row-copied": ("完成值“{actual}”照抄目标值，不是实测数", "actual `{actual}` is a copy of the target, no measurement"),
    "row-worded": ("目标值“{target}”是数，完成值却写“{actual}”", "target `{target}` is a number, actual says `{actual}`"),
    "row-bare": (
        "目标值“{target}”、完成值“{actual}”，没写单位的一个是百分数还是比值不清楚（1可能是1%，也可能是100%）",
        "target `{target}`, actual `{actual}`: the one without a unit may be a percentage or a share (1 is 1% or 100%)",
    ),
    "row-packed": ("一格里装了几个目标，一个完成值对不上", "several targets in one cell, one actual for all"),
    "row-qualitative": ("定性指标，待评价人定档", "qualitative: awaits the evaluator's tier"),
    "row-no-target": ("没有目标值", "no target was filed"),
    "row-apart": (
        "一行里几项目标，汇总不成一个数（缺数或资金额度，单位或方向不同，或规则没有规定汇总）",
        "several targets in one row don't make one number (one or its funds missing, unlike, or no rule to)",
    ),
    "row-below-zero": (
        "目标值“{target}”小于 0，没有达到的不能按比例计分",
        "target `{target}` is below 0: what misses it has no proportion",
    ),
    "row-unread": ("目标值“{target}”读不成一个数，待评价人定档", "target `{target}` can't be read as one number: awaits the evaluator's tier"),
    "row-unverifiable": ("完成值“{actual}”", "actual `{actual}`: it can't be verified"),
    "row-no-actual": ("没有完成值", "no actual was filed"),
    "row-units": ("目标值与完成值单位不同", "target and actual differ in unit"),
    "row-not-applicable": ("不适用，按满分计算", "does not apply: full points"),
    "row-derived": ("目标值由完成率反推（{actual} ÷ {rate}）", "target derived from the stated rate ({actual} ÷ {rate})"),
    "row-confirmed": ("按确认的读法", "as confirmed"),
    "judged-points": ("{by}评定 {points} 分：{reason}", "{by} gave {points}: {reason}"),
    "edited-points": ("{by}由 {computed} 分改定为 {points} 分：{reason}",
                      "{by} changed {computed} to {points}: {reason}"),
    "judged-tier": ("{by}定为“{tier}”：{reason}", "{by} chose `{tier}`: {reason}"),
    "judged-items": ("{by}评定：{reason}", "{by} answered: {reason}"),
    "confirmed": ("“{row}”读作 {reads}（{by}：{reason}）", "`{row}` reads {reads} ({by}: {reason})"),
    "steps-none": ("{value}，符合 {standard}，不扣分", "{value} meets {standard}: nothing off"),
    "steps": (
        "{value} 与 {standard} 相差 {distance}，每 {step} 一步，计 {steps} 步（{mode}）：{full} − {steps} × {deduct} = {points}",
        "{value} is {distance} off {standard}; {steps} steps of {step} ({mode}): {full} − {steps} × {deduct} = {points}",
    ),
    "additions": (
        "{value} 与 {standard} 相差 {distance}，每 {step} 一步，计 {steps} 步（{mode}）：{start} + {steps} × {add} = {points}",
        "{value} is {distance} beyond {standard}; {steps} steps of {step} ({mode}): {start} + {steps} × {add} = {points}",
    ),
    "additions-none": ("{value} 与 {standard} 相差不满一步，不加分：{points} 分", "{value} is no step beyond {standard}: {points}"),
    "additions-full": ("，加满为止", ", up to the full points"),
    "steps-floor": ("，扣完为止", ", down to the floor"),
    "whole": ("只计整步", "whole steps only"),
    "started": ("不足一步按一步计", "a started step counts"),
    "pro-rata": ("按比例", "pro rata"),
    "band": ("{value} 在 {band} 档：{points} 分", "{value} is in {band}: {points} points"),
    "proportional": ("{value} ÷ {target} × {full} = {points}", "{value} ÷ {target} × {full} = {points}"),
    "inverse": ("{target} ÷ {value} × {full} = {points}", "{target} ÷ {value} × {full} = {points}"),
    "reverse-linear": ("(1 − ({value} − {target}) ÷ {target}) × {full} = {points}",
                       "(1 − ({value} − {target}) ÷ {target}) × {full} = {points}"),
    "reached": ("{value} 达到 {target}，得满分 {points}", "{value} reaches {target}: full {points}"),
    "over-target": ("{value} 超过 {target}", "{value} is beyond {target}"),
    "below-pass": ("{value} 未到及格线 {target}，得 {points} 分", "{value} is below the pass mark {target}: {points}"),
    "share": ("达标占比 {value} × {full} = {points}", "{value} pass × {full} = {points}"),
    "cut": ("{value} {at}，按规定得 {points} 分", "{value} is {at}: {points} points by the rule"),
    "linear": ("{value} 介于 {zero}（0 分）与 {full_at}（满分）之间：{points} 分",
               "{value} between {zero} (none) and {full_at} (full): {points}"),
    "beyond-full": ("{value} 超过 {full_at}（满分），按同一比例加分，至多满分的 {most}：{points} 分",
                    "{value} is beyond {full_at} (full), more on the same line, at most {most} of the full points: {points}"),
    "holds": ("“{text}”成立：{points} 分", "`{text}` holds: {points}"),
    "holds-not": ("“{text}”不成立：{points} 分", "`{text}` doesn't hold: {points}"),
    "external": ("{worked} × {full} = {points}", "{worked} × {full} = {points}"),
    "rounded": ("（取 {digits} 位小数）", " (to {digits} decimals)"),
    "open-range": ("{cause}，可得 {low}–{high} 分", "{cause}: {low}–{high} points"),
    "attained": ("{actual} ÷ {target} = {rate}", "{actual} ÷ {target} = {rate}"),
    "against-zero": ("目标值 {target}，完成值 {actual}", "target {target}, actual {actual}"),
    "row-own-clause": ("{actual}，按本行所印规则“{clause}”：{points} 分", "{actual}, by the row's own rule `{clause}`: {points}"),
    "row-parts": ("一行 {count} 个目标，按达到的个数得分：{points}", "{count} targets in one row, by those reached: {points}"),
    "row-reduced": ("复核减 {reduce}（{by}：{reason}），得 {points} 分", "cut by {reduce} in review ({by}: {reason}): {points}"),
    "row-on-time": ("{actual} 不晚于 {target}，得满分 {points}", "{actual} is no later than {target}: full {points}"),
    "row-late": ("{actual} 晚于或可能晚于 {target}", "{actual} is, or may be, later than {target}"),
    "row-delay": (
        "{actual} 晚于 {target}，滞后 {lag}，每 {step} 一步，计 {steps} 步（{mode}）：{full} − {steps} × {deduct} = {points}",
        "{actual} is later than {target} by {lag}; {steps} steps of {step} ({mode}): {full} − {steps} × {deduct} = {points}",
    ),
    "row-delay-open": ("{actual} 对 {target}，滞后 {least}—{most}", "{actual} against {target}: {least}–{most} late"),
    "row-met": ("达到目标，得满分 {points}", "target reached: full {points}"),
    "cap-total": ("总分不超过 {total}", "total at most {total}"),
    "cap-grade": ("等级不高于{grade}", "grade no better than {grade}"),
    "the-judgement": ("评价人的评定", "the evaluator's judgement"),
    "the-confirmation": ("对完成值的确认", "a confirmation of the actual"),
    "the-target": ("目标值", "the target"),
    "the-parts": ("各项的目标值、完成值和资金额度", "target, actual and funds of each part"),
    "the-actual": ("完成值", "the actual"),
    "the-rows": ("指标行", "the indicator rows"),
    "ruleset-chosen": (
        "规则未指定，选用 {name}（{title}）：{kind}，{place}，{year}年，能读所填 {filed} 项中的 {read} 项",
        "no rule set was named; {name} was chosen ({title}): {kind}, {place}, {year}; it reads {read} of {filed} things filed",
    ),
    "place-unsaid": ("未填地点", "no place stated"),
    "judges-department": ("部门整体", "a department's year"),
    "judges-project": ("项目", "a project"),
    "judges-government": ("政府", "a government"),
    "catalogue-judges": ("评价对象：", "Judges: "),
    "catalogue-everywhere": ("不限地区", "anywhere"),
    "catalogue-undated": ("未写年份，须指名使用", "no years: used only by name"),
    "catalogue-since": ("{first}年起", "since {first}"),
    "catalogue-year": ("{year}年", "{year}"),
    "catalogue-years": ("{first}—{last}年", "{first}–{last}"),
    "catalogue-authority": ("依据：", "Authority: "),
    "verified": ("（已核实）", " (verified)"),
    "unverified": ("（未核实）", " (not verified)"),
    "catalogue-letters": ("按字母评分：", "Scored by letters: "),
    "catalogue-points": ("分值：", "Points: "),
    "catalogue-complete": ("{of} 分：", "{of}: "),
    "catalogue-part": ("只见到 {of} 分中的一部分，出小计，不评等级：", "only part of {of} was seen, so a subtotal and no grade: "),
    "catalogue-choice": ("选择：", "Choice: "),
    "catalogue-rows": ("指标行：", "Rows: "),
    "catalogue-notes": ("说明：", "Notes: "),
    "catalogue-source": ("来源：", "Source: "),
    "catalogue-quality": ("所见：", "Seen: "),
    "catalogue-published": ("公布：", "Published: "),
    "catalogue-not-published": ("未见总分", "no total seen"),
    "catalogue-by-rule": ("按规则：", "By the rule: "),
    "catalogue-reviewed": ("（经评定）", " (reviewed)"),
    "catalogue-raises": ("发现：", "Raises: "),
    "catalogue-wrong": ("问题：", "Wrong: "),
    "levels": (
        "{values}；{count} 项中 {reached} 项在 {range} 之内，至少 {needed} 项即为 {letter}",
        "{values}: {reached} of {count} within {range} (at least {needed}): {letter}",
    ),
    "levels-one": ("{values}，在 {range} 之内：{letter}", "{values} is within {range}: {letter}"),
    "levels-otherwise": (
        "{values}；各档都不足 {needed} 项：{letter}",
        "{values}: no range holds {needed} of them: {letter}",
    ),
    "levels-none": ("{values}，不在任何一档之内：{letter}", "{values} is within no range: {letter}"),
    "levels-wanting": (
        "{values}；{cause}，可为 {low}–{high}，资料不足记 {letter}",
        "{values}; {cause}: {low}–{high}, {letter} for want of information",
    ),
    "weakest": ("最弱一项为 {weakest}：{letter}", "the weakest is {weakest}: {letter}"),
    "weakest-lifted": ("最弱一项为 {weakest}，另有较高的：{letter}", "the weakest is {weakest}, another is higher: {letter}"),
    "converted": ("{count} 项合计 {sum}：{letter}", "{count} with a sum of {sum}: {letter}"),
    "not-converted": ("换算表没有 {count} 项的一行", "the conversion table has no row for {count}"),
    "part-open": ("下级有未定的", "a part of it is open"),
    "row-over-deduct": ("完成率达到 {at}，按规定减 {deduct} 分，得 {points}", "{at} reached: {deduct} off by the rule: {points}"),
    "row-over-zero": ("完成率达到 {at}，按规定得 {points} 分", "{at} reached: {points} by the rule"),
    "row-over-deviation": ("超出 {at} 的部分扣分：(1 − {beyond}) × {full} = {points}",
                           "what is beyond {at} comes off: (1 − {beyond}) × {full} = {points}"),
    "row-unequal": ("与目标不等，得 {points} 分", "not equal to the target: {points}"),
    "row-zero-target": ("目标为 0 而没有做到，得 {points} 分", "the target is 0 and was missed: {points}"),
    "row-inverse": ("目标值 ÷ 完成值 = {rate}，{rate} × {full} = {points}", "target ÷ actual = {rate}, {rate} × {full} = {points}"),
    "row-linear": ("(目标值 × 2 − 完成值) ÷ 目标值 = {rate}，{rate} × {full} = {points}",
                   "(2 × target − actual) ÷ target = {rate}, {rate} × {full} = {points}"),
    "row-scaled": ("{rate} × {full} = {points}", "{rate} × {full} = {points}"),
}  # fmt: skip


def phrase(key: str, lang: Lang, **facts: object) -> str:
    """The phrase with its facts put in."""
    return PHRASES[key][lang == "en"].format(**facts)


_TERMS = {
    "department": "部门整体",
    "project": "项目",
    "government": "政府",
    "number": "数",
    "truth": "是否",
    "text": "文字",
    "figure": "数据",
    "field": "栏目",
    "measure": "指标",
    "flag": "标志",
    "points": "得分",
    "finding": "问题",
    "result": "结果",
    # what the YAML reader says, and what most often lies behind it
    "found character that cannot start any token": "不能以制表符（Tab）、%、@ 等记号开头；缩进只用空格，这样的值加引号",
    "mapping values are not allowed in this context": "这里不能再有“: ”；值里有半角冒号加空格的要加引号",
    "did not find expected key": "与上文接不上；看引号是否成对、缩进是否与同级对齐",
    "did not find expected ',' or '}'": "花括号没有收住；看是否漏了逗号或“}”，值里有“ #”的要加引号",
    "did not find expected ',' or ']'": "方括号没有收住；看是否漏了逗号或“]”，值里有“ #”的要加引号",
    "could not find expected ':'": "这一行没有“: ”（半角冒号加空格）；看上面的引号是否成对",
    "found unexpected end of stream": "到文件末尾引号也没有收住",
    "control characters are not allowed": "不能有控制字符",
    "directives (%) are not allowed": "行首不能用 %",
}
"""Terms of the engine inside Chinese sentences, by the facts that hold them."""
_TERMED = frozenset({"expected", "judges", "found", "left", "right", "role"})
"""Facts that hold a term, or several."""
_WITH_TERMS = frozenset({"wrong-kind", "settled-later", "not-comparable", "not-yaml", "wrong-judge"})


def message(problem: Problem, lang: Lang) -> str:
    """The sentence of a problem, without its place."""
    facts = problem.facts
    if lang == "zh" and problem.code in _WITH_TERMS:
        facts = {name: _in_terms(text) if name in _TERMED else text for name, text in facts.items()}
    return PROBLEMS[problem.code][lang == "en"].format(**facts)


def _in_terms(text: str) -> str:
    return "、".join(_TERMS.get(one, one) for one in text.split("、"))
