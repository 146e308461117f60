"""What is the grammar of formulas and conditions? Every choice of precedence stands here and nowhere else."""

GRAMMAR = r"""
?start: either

?either: both | either "or" both -> or_
?both: denied | both "and" denied -> and_
?denied: compared | "not" denied -> not_
?compared: sum
    | sum COMPARE sum -> compare
    | sum "is" STATE -> is_
?sum: product | sum PLUS product -> arithmetic | sum MINUS product -> arithmetic
?product: signed | product TIMES signed -> arithmetic | product OVER signed -> arithmetic
?signed: atom | MINUS signed -> negative
?atom: QUANTITY -> literal
    | STRING -> text
    | name
    | TABLE path FIELD? -> select
    | FOLD "(" either ("," either)* ")" -> call
    | BETWEEN "(" either ("," either)* ")" -> call
    | FOLD "(" either "for" rows ")" -> aggregate
    | ROWS_ONLY "(" either "for" rows ")" -> aggregate
    | "count" "(" rows ")" -> count
    | "(" either ")"
name: NAME | MARKED
rows: TABLE path? ("where" either)?
path: PATH

COMPARE: "<=" | ">=" | "!=" | "==" | "<" | ">" | "=" | "≤" | "≥" | "≠" | "≦" | "≧" | "＜" | "＞" | "＝"
PLUS: "+" | "＋"
MINUS: "-" | "−" | "－"
TIMES: "*" | "×"
OVER: "/" | "÷"
STATE.2: /(known|unknown|undefined|not-applicable)\b/
FOLD.2: /(min|max|abs)\b/
BETWEEN.2: /(days|workdays)\b/
ROWS_ONLY.2: /(sum|any|every)\b/
TABLE.2: /(spending|payments|indicators|statements|stated|points|full)\b/
QUANTITY: /[0-9]+(\.[0-9]+)?(%|％|‰|[^\W\d_]+)?/
STRING: /"[^"\n]*"/
MARKED: /`[^`\n]+`/
FIELD.3: /\.[\s　]*[^\W\d]\w*/
NAME: /[^\W\d]\w*/
PATH: /\[[^\[\]\n]*\]/
%ignore /[\s　]+/
"""
