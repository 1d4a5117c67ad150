import type { common } from './common';
import { defineLabels } from './define-labels';
import type { files } from './files';

/** What is wrong with a request before a service looks at what it asks for. */
export const requests = defineLabels({
  values: {},
  messages: {
    REQUEST_NOT_HTTP: ['无法识别的 HTTP 请求。', 'This is not an HTTP request that can be read.'],
    REQUEST_TOO_SLOW: [
      '请求未能及时传完，请加快发送。',
      'The request did not arrive in time; send it faster.',
    ],
    HEADERS_TOO_LONG: [
      '请求头或地址过长，较长的查询请用 POST 发送。',
      'The headers or the address are too long; send long queries by POST.',
    ],
    ADDRESS_UNKNOWN: [
      '此地址没有内容，接口地址为 /graphql。',
      'There is nothing at this address; the graph is at /graphql.',
    ],
    ADDRESS_TAKES_GET: [
      '{path} 只接受 GET，接口地址为 /graphql。',
      '{path} takes GET only; the graph is at /graphql.',
    ],
    GRAPH_TAKES_POST: ['接口接受 POST，查询也可用 GET。', 'The graph takes POST, and GET for queries.'],
    GRAPH_TAKES_GET_FOR_QUERIES: [
      'GET 只用于查询，{operation} 请用 POST 发送。',
      'Send a {operation} by POST; GET is for queries.',
    ],
    SERVICE_TAKES_POST: ['请用 POST 发送操作。', 'Send operations by POST.'],
    FILES_TAKE_POST: ['请用 POST 上传文件。', 'Upload a file by POST.'],
    FILES_TAKE_GET: ['文件用 GET 读取，且不可更改。', 'A file is read by GET; it is never changed.'],
    PRINTED_TAKES_GET: ['打印件用 GET 读取。', 'What is printed is read by GET.'],
    FILES_UNKNOWN: ['此地址没有文件。', 'There are no files at this address.'],
    ORIGIN_NOT_ALLOWED: ['不允许来自该来源的网页使用本接口。', 'Pages of this origin may not use the graph.'],
    CROSS_SITE_REQUEST: [
      '该请求可能是跨站请求伪造（CSRF），已被拦截。请将请求头“content-type”设为“application/json”，或加上非空的请求头“apollo-require-preflight”。',
      'The request may be a cross-site request forgery (CSRF) and was blocked. Send it with the header “content-type: application/json”, or with a header “apollo-require-preflight” that is not empty.',
    ],
    NOT_ACCEPTABLE: [
      '接口以 application/graphql-response+json 或 application/json 作答，请至少接受其中一种。',
      'The graph answers in application/graphql-response+json or application/json; accept one of them.',
    ],
    TOKENS_NOT_CHECKABLE: [
      '暂时无法核对登录凭证，请稍后再试。',
      'Tokens cannot be checked at the moment; try again later.',
    ],
    BODY_TOO_LARGE: [
      '请求内容超过 {limit} 字节，请减少一次请求的内容，或分几次发送。',
      'The body is larger than {limit} bytes; ask for less in one request, or send it in parts.',
    ],
    BODY_TYPE_NOT_JSON: [
      '请以 UTF-8 编码的 JSON 发送请求，并带上请求头“content-type: application/json”。',
      'Send the request as JSON in UTF-8, with the header “content-type: application/json”.',
    ],
    BODY_ENCODED: [
      '请原样发送内容，不要带请求头“content-encoding”。',
      'Send the body as it is, without “content-encoding”.',
    ],
    BODY_NOT_JSON: ['请求内容不是 UTF-8 编码的 JSON。', 'The body is not JSON in UTF-8.'],
    BODY_NOT_OBJECT: [
      '请求内容须为一个带有“query”的 JSON 对象。',
      'The body has to be one JSON object with a “query”.',
    ],
    BATCHING_NOT_SUPPORTED: [
      '一次请求只能发送一个操作，不能发送列表。',
      'Send one operation per request, not a list.',
    ],
    QUERY_MISSING: [
      '“query”须为写有 GraphQL 操作的文本。',
      '“query” has to be a text with a GraphQL operation.',
    ],
    OPERATION_NAME_NOT_TEXT: [
      '“operationName”须为文本或 null。',
      '“operationName” has to be a text or null.',
    ],
    PARAMETER_NOT_OBJECT: ['“{name}”须为 JSON 对象或 null。', '“{name}” has to be a JSON object or null.'],
    ADDRESS_PARAMETER_NOT_JSON: ['参数“{name}”不是 JSON。', 'The parameter “{name}” is not JSON.'],
    ADDRESS_PARAMETER_REPEATED: ['参数“{name}”只能给出一次。', 'The parameter “{name}” may be given once.'],
    PERSISTED_HASH_NOT_USABLE: [
      '“extensions.persistedQuery.sha256Hash”须为 64 位小写十六进制数字。',
      '“extensions.persistedQuery.sha256Hash” has to be 64 hexadecimal digits in lower case.',
    ],
    PERSISTED_HASH_OF_ANOTHER: [
      '所给的哈希值不是随附查询的 SHA-256。',
      'The hash is not the SHA-256 of the query that came with it.',
    ],
    ENTITIES_TOO_OFTEN: [
      '一次最多使用 {limit} 个“_entities”。',
      'Ask for “_entities” at most {limit} times at once.',
    ],
    OPERATION_NAME_UNKNOWN: [
      '查询中没有“operationName”所指的操作。',
      'The query has no operation with the name in “operationName”.',
    ],
    OPERATION_NOT_NAMED: [
      '查询中有 {operations} 个操作，请用“operationName”指明是哪一个。',
      'The query has {operations} operations; name the one that is meant in “operationName”.',
    ],
    OPERATION_MISSING: ['查询中没有操作。', 'The query has no operation; it needs one.'],
    OPERATION_RESOLUTION_FAILURE: ['无法确定要执行哪一个操作。', 'It is not clear which operation is meant.'],
    SUBSCRIPTIONS_NOT_SUPPORTED: [
      '接口没有订阅，请改用查询再次询问。',
      'The graph has no subscriptions; ask again by a query.',
    ],
    GRAPHQL_PARSE_FAILED: ['查询不是有效的 GraphQL（{detail}）。', 'The query is not GraphQL ({detail}).'],
    GRAPHQL_VALIDATION_FAILED: [
      '查询与接口的定义不符（{detail}）。',
      'The query does not fit the schema ({detail}).',
    ],
    VARIABLE_NOT_USABLE: [
      '变量或参数的值不可用（{detail}）。',
      'A variable or argument has a value that it cannot take ({detail}).',
    ],
    VALIDATION_TOO_LONG: [
      '查询对同样的字段要求过多，无法核对，每一层请各写一次。',
      'The query asks for the same fields too often to be checked; ask for each once on its level.',
    ],
    INTROSPECTION_OFF: [
      '接口不对外给出定义，请查阅文档。',
      'This graph does not tell its schema; read it in its documentation.',
    ],
    QUERY_TOO_LONG: [
      '查询有 {actual} 个字符，最多 {limit} 个。',
      'The query has {actual} characters; at most {limit} are allowed.',
    ],
    QUERY_TOO_MANY_TOKENS: [
      '查询中的名称和符号过多，最多 {limit} 个。',
      'The query has too many names and signs; at most {limit} are allowed.',
    ],
    QUERY_BRACKETS_TOO_DEEP: [
      '查询中的括号嵌套过深，最多 {limit} 层。',
      'The query has too many brackets inside each other; at most {limit} are allowed.',
    ],
    QUERY_TOO_DEEP: [
      '查询{name?[“{name}”]}有 {actual} 层，最多 {limit} 层。',
      'The operation{name?[ {name}]} is {actual} levels deep; at most {limit} are allowed.',
    ],
    LITERAL_TOO_LONG: [
      '查询中有一段 {actual} 个字符的文本，超过 {limit} 个字符的文本请放入变量。',
      'A text inside the query has {actual} characters; put texts of more than {limit} into a variable.',
    ],
    ALIASES_OF_ONE_FIELD: [
      '查询{name?[“{name}”]}在同一处以过多的名称要求“{field}”，最多 {limit} 个。',
      'The operation{name?[ {name}]} asks for “{field}” under too many names in one place; at most {limit} are allowed.',
    ],
    TOO_MANY_ALIASES: [
      '查询{name?[“{name}”]}有 {actual} 个别名，最多 {limit} 个。',
      'The operation{name?[ {name}]} has {actual} aliases; at most {limit} are allowed.',
    ],
    FIELDS_IN_ONE_PLACE: [
      '查询{name?[“{name}”]}在同一处要求的字段过多，最多 {limit} 个。',
      'The operation{name?[ {name}]} asks for too many fields in one place; at most {limit} are allowed.',
    ],
    TOO_MANY_FIELDS: [
      '查询{name?[“{name}”]}要求的字段过多，最多 {limit} 个。',
      'The operation{name?[ {name}]} asks for too many fields; at most {limit} are allowed.',
    ],
    TOO_MANY_ENTRIES: [
      '查询{name?[“{name}”]}在分页中又要分页，共 {actual} 条，最多 {limit} 条。',
      'The operation{name?[ {name}]} asks for pages inside pages, together {actual} entries; at most {limit} are allowed.',
    ],
    TOO_MANY_ROOT_FIELDS: [
      '查询{name?[“{name}”]}的第一层有 {actual} 个字段，最多 {limit} 个。',
      'The operation{name?[ {name}]} has {actual} fields on its first level; at most {limit} are allowed.',
    ],
    TOO_MANY_DIRECTIVES: [
      '查询有 {actual} 个指令，最多 {limit} 个。',
      'The query has {actual} directives; at most {limit} are allowed.',
    ],
    VARIABLES_TOO_DEEP: [
      '变量中的列表和对象嵌套过深，最多 {limit} 层。',
      'The variables have too many lists and objects inside each other; at most {limit} are allowed.',
    ],
    FRAGMENT_CYCLE: [
      '片段“{fragment}”包含了自身：{way}。',
      'The fragment “{fragment}” contains itself: {way}.',
    ],
    RESERVED_NAME: [
      '“{name}”是接口自用的名称，请换一个。',
      '“{name}” is a name that the gateway uses itself; choose another one.',
    ],
    REQUEST_TIMEOUT: [
      '未能在 {seconds} 秒内完成答复，请一次少要一些，或再试一次。操作可能已经执行，请用同一个幂等键再次发送以得知结果。',
      'The answer was not complete within {seconds} s; ask for less at once, or try again. A command may have been carried out: send it again with the same idempotency key to learn its outcome.',
    ],
    SERVICE_TOO_SLOW: [
      '服务“{service}”未能及时答复。其他服务的答复已在此，请一次少要一些，或再试一次。',
      'The service “{service}” did not answer in time. What the other services answered is here; ask for less at once, or try again.',
    ],
    COMMAND_TOO_SLOW: [
      '服务“{service}”未能及时答复。操作可能已经执行，请用同一个幂等键再次发送以得知结果。',
      'The service “{service}” did not answer in time. The command may have been carried out: send it again with the same idempotency key to learn its outcome.',
    ],
    SERVICE_AWAY: [
      '服务“{service}”暂时无法连接，请稍后再试。',
      'The service “{service}” cannot be reached at the moment; try again later.',
    ],
    COMMAND_CUT_OFF: [
      '与服务“{service}”的连接中断。操作可能已经执行，请用同一个幂等键再次发送以得知结果。',
      'The connection to the service “{service}” broke. The command may have been carried out: send it again with the same idempotency key to learn its outcome.',
    ],
    ANSWER_HAS_GAPS: [
      '此处应有的内容不存在，或您无权查看。',
      'What belongs here is not there, or not yours to see.',
    ],
  },
});

/** The sentences that tell why a request or a file is refused. */
export type RequestProblem =
  keyof typeof requests.messages | keyof typeof files.messages | keyof typeof common.messages;
