-- Sends pushes to one node on this partition, as one message.
--
-- The number goes up before the sending, by one for each, so that the node can tell from it that a
-- push was lost. See the class PushCodec for the message and the bodies.
--
-- sequences_key   hash nodeId -> number of pushes sent to that node on this partition
-- channel_prefix  the channel's name without the node
-- lengths         of one or more bodies, in bytes
-- pieces          the bodies' text in order, in any number of pieces: Lua goes through all of a
--                 string whenever it makes one, so the text is put together only here, behind a
--                 head that becomes the first piece
-- returns         how many connections received it: 0 means that the node is not there
local function push_all(sequences_key, channel_prefix, node, lengths, pieces)
  local last = redis.call('HINCRBY', sequences_key, node, #lengths)
  local head = string.format('%.0f', last - #lengths + 1) .. '\t'
  if #lengths > 1 then
    head = head .. 'P\t' .. table.concat(lengths, ',') .. '\n'
  end
  table.insert(pieces, 1, head)
  return redis.call('SPUBLISH', channel_prefix .. node, table.concat(pieces))
end

-- Sends one push.
local function push(sequences_key, channel_prefix, node, body)
  return push_all(sequences_key, channel_prefix, node, {#body}, {body})
end

