-- Sends pushes to one node on this partition, as one message.
--
-- The number goes up before the sending, by one for each, so that the node can tell from it that a
-- push was lost. See the class PushCodec for the message and the bodies.
--
-- sequences_key   hash nodeId -> number of pushes sent to that node on this partition
-- channel_prefix  the channel's name without the node
-- bodies          one or more, in order
-- returns         how many connections received it: 0 means that the node is not there
local function push_all(sequences_key, channel_prefix, node, bodies)
  local last = redis.call('HINCRBY', sequences_key, node, #bodies)
  local message = string.format('%.0f', last - #bodies + 1) .. '\t'
  if #bodies == 1 then
    message = message .. bodies[1]
  else
    local lengths = {}
    for index, body in ipairs(bodies) do
      lengths[index] = #body
    end
    message = message .. 'P\t' .. table.concat(lengths, ',') .. '\n' .. table.concat(bodies)
  end
  return redis.call('SPUBLISH', channel_prefix .. node, message)
end

-- Sends one push.
local function push(sequences_key, channel_prefix, node, body)
  return push_all(sequences_key, channel_prefix, node, {body})
end

