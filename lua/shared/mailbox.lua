-- So many fields go into one command: a Lua function takes some thousand arguments at most.
local MAX_FIELDS = 1000

-- Writes an owner's state into a mailbox: the cursors that moved, and the batch in flight.
--
-- A cursor moves only in rooms that the mailbox is in, and never back within an epoch. All is read
-- by one command and written by one, unless it is very much: a command costs as much as the rest.
--
-- at       where the update begins in ARGV: batch ('' for none, '=' for the one that is there),
--          number of cursors, then for each cursor its field ('r:<room>') and its position
--          ('<epoch>:<offset>:<ms>'; with '=' before it one that holds in that epoch only)
-- ...      more fields and values to write
-- returns  the index behind the update
local function write_state(mailbox_key, at, ...)
  local batch = ARGV[at]
  local after = at + 2 + 2 * tonumber(ARGV[at + 1])
  local changes = {...}
  local function write(most)
    if #changes > most then
      redis.call('HSET', mailbox_key, unpack(changes))
      changes = {}
    end
  end

  local index = at + 2
  local is_first = true
  while is_first or index < after do
    local fields, positions = {'batch'}, {}
    while index < after and #fields < MAX_FIELDS do
      fields[#fields + 1] = ARGV[index]
      positions[#fields] = ARGV[index + 1]
      index = index + 2
    end
    local olds = redis.call('HMGET', mailbox_key, unpack(fields))
    for place = 2, #fields do
      local old, position = olds[place], positions[place]
      if old then
        local old_epoch, old_offset = string.match(old, '^([^:]*):(%d+)')
        local mark, epoch, offset = string.match(position, '^(=?)([^:]*):(%d+)')
        local moves = mark == ''
        if epoch == old_epoch then
          moves = tonumber(offset) > tonumber(old_offset)
        end
        if moves then
          changes[#changes + 1] = fields[place]
          changes[#changes + 1] = string.sub(position, #mark + 1)
        end
      end
    end
    if is_first and batch == '' and olds[1] then
      redis.call('HDEL', mailbox_key, 'batch')
    end
    is_first = false
    write(MAX_FIELDS)
  end
  if batch ~= '' and batch ~= '=' then
    changes[#changes + 1] = 'batch'
    changes[#changes + 1] = batch
  end
  write(0)
  return after
end

