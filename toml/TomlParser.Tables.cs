namespace Federation.Toml;

/// <summary>This part knows headers, dotted keys and which of them may extend which table.</summary>
internal ref partial struct TomlParser
{
    internal TomlTable ReadDocument()
    {
        var root = new TomlTable(new TomlPosition(1, 1), TomlTableOrigin.Header);
        var section = root;
        while (true)
        {
            SkipBlankLines();
            if (AtEnd)
            {
                return root;
            }

            if (Current == '[')
            {
                section = ReadHeader(root);
            }
            else
            {
                ReadAssignment(section);
            }
        }
    }

    private TomlTable ReadHeader(TomlTable root)
    {
        var ofArray = _text[_at..].StartsWith("[["u8);
        _at += ofArray ? 2 : 1;
        SkipBlanks();
        var path = ReadKey();
        Expect(']', "\"]\" after the table's name");
        if (ofArray)
        {
            Expect(']', "\"]]\" after the table's name");
        }

        var table = ofArray ? AppendTable(root, path) : DefineTable(root, path);
        EndLine("a table's header");
        return table;
    }

    private void ReadAssignment(TomlTable section)
    {
        var path = ReadKey();
        Expect('=', "\"=\" after the key");
        SkipBlanks();
        var owner = ResolveDotted(section, path);
        owner.Add(path[^1], ReadValue());
        EndLine("a value");
    }

    private readonly TomlTable DefineTable(TomlTable root, List<TomlKeyPart> path)
    {
        var parent = ResolveHeader(root, path);
        var last = path[^1];
        if (!parent.TryGet(last.Text, out var existing))
        {
            var table = new TomlTable(last.Position, TomlTableOrigin.Header);
            parent.Add(last, table);
            return table;
        }

        if (existing.Value is TomlTable { Origin: TomlTableOrigin.Implicit } implied)
        {
            implied.Origin = TomlTableOrigin.Header;
            return implied;
        }

        throw AlreadyDefined(last, existing);
    }

    private readonly TomlTable AppendTable(TomlTable root, List<TomlKeyPart> path)
    {
        var parent = ResolveHeader(root, path);
        var last = path[^1];
        TomlArray array;
        if (!parent.TryGet(last.Text, out var existing))
        {
            array = new TomlArray(last.Position, ofTables: true);
            parent.Add(last, array);
        }
        else
        {
            array = existing.Value is TomlArray { OfTables: true } open ? open : throw AlreadyDefined(last, existing);
        }

        var table = new TomlTable(last.Position, TomlTableOrigin.Header);
        array.Add(table);
        return table;
    }

    /// <summary>The table that holds a header's last key. Passing through a table never defines it.</summary>
    private readonly TomlTable ResolveHeader(TomlTable root, List<TomlKeyPart> path)
    {
        var table = root;
        foreach (var part in path[..^1])
        {
            if (!table.TryGet(part.Text, out var existing))
            {
                var implied = new TomlTable(part.Position, TomlTableOrigin.Implicit);
                table.Add(part, implied);
                table = implied;
                continue;
            }

            table = existing.Value switch
            {
                TomlTable { Origin: not TomlTableOrigin.Inline } open => open,
                TomlArray { OfTables: true } array => (TomlTable)array[^1],
                _ => throw AlreadyDefined(part, existing),
            };
        }

        return table;
    }

    /// <summary>
    /// The table that holds a dotted key's last part. Only tables that dotted keys made may be passed through: one
    /// defined under a header is complete where its section ends.
    /// </summary>
    private readonly TomlTable ResolveDotted(TomlTable section, List<TomlKeyPart> path)
    {
        var table = section;
        foreach (var part in path[..^1])
        {
            if (!table.TryGet(part.Text, out var existing))
            {
                var made = new TomlTable(part.Position, TomlTableOrigin.Dotted);
                table.Add(part, made);
                table = made;
                continue;
            }

            table = existing.Value is TomlTable { Origin: TomlTableOrigin.Dotted } open
                ? open
                : throw AlreadyDefined(part, existing);
        }

        return table.TryGet(path[^1].Text, out var duplicate) ? throw AlreadyDefined(path[^1], duplicate) : table;
    }

    private readonly TomlException AlreadyDefined(TomlKeyPart part, TomlEntry existing) => new(
        _sourceName,
        part.Position,
        $"\"{part.Text}\" is already {existing.Value.KindName}, defined at line {existing.KeyPosition.Line}");
}
