namespace Federation.Toml;

/// <summary>
/// This part knows values that hold values. Open ones wait on a stack of its own, not on the call stack.
/// </summary>
internal ref partial struct TomlParser
{
    private TomlValue ReadValue()
    {
        // Most values hold no others: the stack is made by the first that does.
        Stack<OpenValue>? open = null;
        while (true)
        {
            if (Current is (byte)'[' or (byte)'{')
            {
                open ??= new Stack<OpenValue>();
                if (TryOpen(open, out var empty))
                {
                    continue;
                }

                if (Complete(open, empty) is { } whole)
                {
                    return whole;
                }
            }
            else
            {
                var scalar = ReadScalar();
                if (open is null)
                {
                    return scalar;
                }

                if (Complete(open, scalar) is { } whole)
                {
                    return whole;
                }
            }
        }
    }

    /// <summary>Enters an array or inline table; false with the finished value when it is empty.</summary>
    private bool TryOpen(Stack<OpenValue> open, out TomlValue empty)
    {
        var position = Here;
        var isArray = _text[_at++] == '[';
        if (isArray)
        {
            var array = new TomlArray(position, ofTables: false);
            empty = array;
            SkipBlankLines();
            if (!TrySkip(']'))
            {
                open.Push(new OpenValue(array, Owner: null, default));
                return true;
            }
        }
        else
        {
            var table = new TomlTable(position, TomlTableOrigin.Inline);
            empty = table;
            SkipBlanks();
            if (!TrySkip('}'))
            {
                open.Push(ReadInlineKey(table));
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Hands a finished value outwards until one wants a further item; the outermost value when none does.
    /// </summary>
    private TomlValue? Complete(Stack<OpenValue> open, TomlValue value)
    {
        while (open.TryPop(out var holder))
        {
            if (holder.Container is TomlArray array)
            {
                array.Add(value);
                if (NextItem())
                {
                    open.Push(holder);
                    return null;
                }
            }
            else
            {
                holder.Owner!.Add(holder.Key, value);
                SkipBlanks();
                if (!TrySkip('}'))
                {
                    Expect(',', "\",\" or \"}\" after a value of an inline table");
                    SkipBlanks();
                    open.Push(ReadInlineKey((TomlTable)holder.Container));
                    return null;
                }
            }

            value = holder.Container;
        }

        return value;
    }

    /// <summary>Moves to an array's next item; false past its closing bracket.</summary>
    private bool NextItem()
    {
        SkipBlankLines();
        if (TrySkip(']'))
        {
            return false;
        }

        Expect(',', "\",\" or \"]\" after an item of an array");
        SkipBlankLines();
        return !TrySkip(']');
    }

    private OpenValue ReadInlineKey(TomlTable table)
    {
        var path = ReadKey();
        Expect('=', "\"=\" after the key");
        SkipBlanks();
        return new OpenValue(table, ResolveDotted(table, path), path[^1]);
    }

    private bool TrySkip(char c)
    {
        if (Current != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>
    /// An array, or an inline table with the key whose value is being read and the table that gets it.
    /// </summary>
    private readonly record struct OpenValue(TomlValue Container, TomlTable? Owner, TomlKeyPart Key);
}
