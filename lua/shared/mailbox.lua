-- Writes an owner's state into a mailbox: the cursors that moved, and the batch in flight.
--
-- A cursor moves only in rooms that the mailbox is in, and never back within an epoch.
--
-- at       where the update begins in ARGV: batch ('' for none, '=' for the one that is there),
--          number of cursors, then for each cursor its field ('r:<room>') and its position
--          ('<epoch>:<offset>:<ms>')
-- returns  the index behind the update
local function write_state(mailbox_key, at)
  local batch = ARGV[at]
  local after = at + 2 + 2 * tonumber(ARGV[at + 1])
  for index = at + 2, after - 1, 2 do
    local field = ARGV[index]
    local position = ARGV[index + 1]
    local old = redis.call('HGET', mailbox_key, field)
    if old then
      local old_epoch, old_offset = string.match(old, '^([^:]*):(%d+)')
      local epoch, offset = string.match(position, '^([^:]*):(%d+)')
      if old_epoch ~= epoch or tonumber(offset) > tonumber(old_offset) then
        redis.call('HSET', mailbox_key, field, position)
      end
    end
  end
  if batch == '' then
    redis.call('HDEL', mailbox_key, 'batch')
  elseif batch ~= '=' then
    redis.call('HSET', mailbox_key, 'batch', batch)
  end
  return after
end

