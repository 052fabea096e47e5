namespace Federation.Toml;

/// <summary>How a table came to be.</summary>
internal enum TomlTableOrigin
{
    /// <summary>Named on the way to a header's last key; one header may still define it.</summary>
    Implicit,

    /// <summary>Defined by a header of its own, or the document itself.</summary>
    Header,

    /// <summary>Named by a dotted key; only dotted keys of the same section add values to it.</summary>
    Dotted,

    /// <summary>Written in braces: closed.</summary>
    Inline,
}
