-- Stores messages in rooms' logs and pushes them to every watching node: any number of requests, each
-- for one room, all rooms of one partition. Each request succeeds or fails by itself; what the others
-- do changes nothing for it.
--
-- A request that was stored before changes nothing and gets the first answer again: by publisher
-- and sequence, by the idempotency key, or by the number that its producer gave it.
--
-- Messages come in segments, and a segment is one entry of the stream: what a call costs depends on
-- the number of bytes much more than on the number of messages. A node gets all that the call has
-- for it in one push.
--
-- KEYS  1 sequences    hash nodeId -> number of pushes
--       then for each request:
--       1 log          stream, an entry per segment: id '<last offset>-<number of messages>', fields
--                      l (lengths in bytes, between commas), p (payloads, one behind the other), t (ms)
--       2 room         hash: epoch, top, at (the top's time, ms), lineage, marks, and for each
--                      publisher 'p:<nodeId>': '<sequence> <epoch> <first> <last> <ms>', its last
--                      request and when that came
--       3 nodes        hash nodeId -> '<number of members> <version>': who watches
--       4 idempotency  string '<epoch> <first> <last> <name>': what was stored under the key, or the
--                      last that the producer has stored; only if the request has a name
-- ARGV  1 number of requests
--       2 what a log retains: '<messages> <most messages> <ms>': at least so many messages,
--         and those that are younger than so many ms, but never more than the most, about
--       3 life of a log, ms
--       4 life of a room without watching nodes, ms
--       5 for how long the publisher's last request is known, ms
--       6 prefix of the channels
--       7 prefix of the sets of rooms that a node watches
--       then for each request:
--       1 room's name
--       2 publisher, a node
--       3 sequence of the request, larger than that of the publisher's last one
--       4 new epoch, used if the room has none
--       5 the caller's name for it: '=<fingerprint of the content>' with an idempotency key,
--         '#<number>.<part>' from a producer that numbers its requests, else ''
--       6 life of that name, ms
--       7 number of segments, then for each: number of messages, lengths, payloads
-- returns for each request {outcome, epoch, first offset, last offset}; outcome: 'stored', 'repeated',
--         'conflict' (the idempotency key was used for other content) or 'outdated' (a later request
--         of the publisher is stored), these two alone; or {'failed', what Redis says}
local sequences_key = KEYS[1]
local retention, log_life_ms, room_life_ms = ARGV[2], ARGV[3], ARGV[4]
local request_life_ms = tonumber(ARGV[5])
local channel_prefix, rooms_prefix = ARGV[6], ARGV[7]
local now_by_clock = now_ms()

-- Returns whether what the producer has stored last is the named request or a later one.
local function covers(stored, named)
  local number, part = string.match(stored, '^#(%d+)%.(%d+)$')
  local named_number, named_part = string.match(named, '^#(%d+)%.(%d+)$')
  if number == named_number then
    return tonumber(part) >= tonumber(named_part)
  end
  return tonumber(number) > tonumber(named_number)
end

local function is_known(last_request)
  return now_by_clock - string.match(last_request, '%d+$') < request_life_ms
end

-- A publisher that is new here may have come for one that has gone.
local function forget_old_publishers(room_key)
  local fields = redis.call('HGETALL', room_key)
  for at = 1, #fields, 2 do
    if string.sub(fields[at], 1, 2) == 'p:' and not is_known(fields[at + 1]) then
      redis.call('HDEL', room_key, fields[at])
    end
  end
end

-- Returns the answer to a request that is not to be stored, or nil.
local function earlier_answer(request, last_request)
  if last_request and is_known(last_request) then
    local stored, epoch, first, last = string.match(last_request, '^(%d+) (%S+) (%d+) (%d+) ')
    if stored == request.sequence then
      return {'repeated', epoch, first, last}
    elseif tonumber(stored) > tonumber(request.sequence) then
      return {'outdated'}
    end
  end
  local earlier = request.name ~= '' and redis.call('GET', request.idempotency_key)
  if earlier then
    local epoch, first, last, stored = string.match(earlier, '^(%S+) (%d+) (%d+) (.*)$')
    local is_numbered = string.sub(request.name, 1, 1) == '#'
    if stored == request.name or (is_numbered and covers(stored, request.name)) then
      return {'repeated', epoch, first, last}
    elseif not is_numbered then
      return {'conflict'}
    end
  end
end

-- Returns the lowest offset that the log must keep, and the marks to remember.
--
-- The times of old messages aren't read: two marks tell how far they reach. Everything up to the
-- first one, 'safe', is old. The second one is younger; once it is old, it becomes the first one.
-- So what is kept of a burst may be up to twice as old as it must be.
local function lowest_to_keep(marks, top, top_at, last, now)
  local length, most, young_ms = string.match(retention, '^(%d+) (%d+) (%d+)$')
  local lowest = last - length + 1
  if lowest <= 1 then
    return 1, marks
  end
  local safe, mark, marked_at = string.match(marks or '', '^(%d+) (%d+) (%d+)$')
  if now - top_at >= tonumber(young_ms) then
    safe, mark = top, nil
  elseif mark and now - marked_at >= tonumber(young_ms) then
    safe, mark = mark, nil
  end
  if not mark then
    marks = string.format('%.0f %.0f %.0f', safe or 0, last, now)
  end
  return math.max(last - most + 1, math.min(lowest, (safe or 0) + 1)), marks
end

-- What is to be sent to each node, see push_all, and the requests that it is of.
local outbox, receivers = {}, {}

-- Sends the stored segments to the watching nodes once all requests are done; fields are those of
-- the push before the lengths.
local function push_later(request, fields)
  local nodes = redis.call('HKEYS', request.nodes_key)
  if #nodes == 0 then
    return
  end
  local message_lengths, payloads, length = {}, {}, 0
  for at = request.segments, request.last_segment, 3 do
    message_lengths[#message_lengths + 1] = ARGV[at + 1]
    payloads[#payloads + 1] = ARGV[at + 2]
    length = length + #ARGV[at + 2]
  end
  fields[#fields + 1] = table.concat(message_lengths, ',') .. '\n'
  local head = table.concat(fields, '\t')
  length = length + #head
  for _, node in ipairs(nodes) do
    local box = outbox[node]
    if not box then
      box = {node = node, lengths = {}, pieces = {}, requests = {}}
      outbox[node] = box
      outbox[#outbox + 1] = box
    end
    box.lengths[#box.lengths + 1] = length
    box.pieces[#box.pieces + 1] = head
    for _, payload in ipairs(payloads) do
      box.pieces[#box.pieces + 1] = payload
    end
    box.requests[#box.requests + 1] = request
  end
end

local function store(request)
  local log_key, room_key = request.log_key, request.room_key
  local publisher_field = 'p:' .. request.publisher
  local fields = redis.call('HMGET', room_key, 'epoch', 'top', 'at', 'marks', publisher_field)
  local epoch, top, top_at, marks = fields[1], fields[2], fields[3] or '0', fields[4]
  local last_request = fields[5]
  local repeated = earlier_answer(request, last_request)
  if repeated then
    return repeated
  end
  if not epoch then
    epoch, top = request.new_epoch, '0'
    begin_room(room_key, log_key, epoch)
  elseif not last_request then
    forget_old_publishers(room_key)
  end
  local now = now_by_clock
  if tonumber(now) < tonumber(top_at) then
    -- The clock went back, or another server's is behind: the order of times must hold in a log.
    now = top_at
  end
  local first = string.format('%.0f', tonumber(top) + 1)
  local offset = tonumber(top)
  local lowest, new_marks
  for at = request.segments, request.last_segment, 3 do
    offset = offset + tonumber(ARGV[at])
    local id = string.format('%.0f-%s', offset, ARGV[at])
    if at < request.last_segment then
      redis.call('XADD', log_key, id, 'l', ARGV[at + 1], 'p', ARGV[at + 2], 't', now)
    else
      lowest, new_marks = lowest_to_keep(marks, top, top_at, offset, now)
      redis.call('XADD', log_key, 'MINID', '~', string.format('%.0f', lowest), id,
        'l', ARGV[at + 1], 'p', ARGV[at + 2], 't', now)
    end
  end
  local last = string.format('%.0f', offset)
  local extent = epoch .. ' ' .. first .. ' ' .. last
  local this_request = request.sequence .. ' ' .. extent .. ' ' .. now_by_clock
  if new_marks ~= marks then
    redis.call('HSET', room_key, 'top', last, 'at', now, publisher_field, this_request,
      'marks', new_marks)
  else
    redis.call('HSET', room_key, 'top', last, 'at', now, publisher_field, this_request)
  end
  redis.call('PEXPIRE', log_key, log_life_ms)
  if request.name ~= '' then
    redis.call('SET', request.idempotency_key, extent .. ' ' .. request.name,
      'PX', request.name_life_ms)
  end
  receivers[request] = 0
  push_later(request, {'M', request.room, epoch, top_at, first, now})
  return {'stored', epoch, first, last}
end

local answers, requests = {}, {}
local key, argument = 2, 8
for place = 1, tonumber(ARGV[1]) do
  local request = {
    log_key = KEYS[key], room_key = KEYS[key + 1], nodes_key = KEYS[key + 2],
    idempotency_key = KEYS[key + 3],
    room = ARGV[argument], publisher = ARGV[argument + 1], sequence = ARGV[argument + 2],
    new_epoch = ARGV[argument + 3], name = ARGV[argument + 4], name_life_ms = ARGV[argument + 5],
    segments = argument + 7, last_segment = argument + 4 + 3 * tonumber(ARGV[argument + 6])
  }
  key = key + (request.name == '' and 3 or 4)
  argument = request.last_segment + 3
  local is_done, answer = pcall(store, request)
  answers[place] = is_done and answer or {'failed', type(answer) == 'table' and answer.err or answer}
  requests[place] = request
end

local missed = {}
for _, box in ipairs(outbox) do
  if push_all(sequences_key, channel_prefix, box.node, box.lengths, box.pieces) > 0 then
    for _, request in ipairs(box.requests) do
      receivers[request] = receivers[request] + 1
    end
  else
    missed[#missed + 1] = box
  end
end
-- A node that missed its push is gone, or will register again when its subscription is back.
--
-- While the slot moves to another master Redis refuses a command whose key is not here: the set may
-- have moved, the hash goes with its last node. That must not fail what is stored. A room that
-- stays in the set is harmless.
for _, box in ipairs(missed) do
  for _, request in ipairs(box.requests) do
    redis.pcall('HDEL', request.nodes_key, box.node)
    redis.pcall('SREM', rooms_prefix .. box.node, request.room)
  end
end
for _, request in ipairs(requests) do
  if receivers[request] == 0 then
    redis.call('PEXPIRE', request.room_key, room_life_ms)
  end
end
return answers
