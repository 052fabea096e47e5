namespace Federation.Proto.Transport;

/// <summary>A call's outcome: its code and one sentence for people.</summary>
/// <param name="Code">What kind of outcome.</param>
/// <param name="Detail">What happened, in words; empty where the code says it all.</param>
public readonly record struct Status(StatusCode Code, string Detail)
{
    /// <summary>Success.</summary>
    public static Status OK { get; } = new(StatusCode.OK, string.Empty);

    /// <inheritdoc/>
    public override string ToString() => Detail.Length == 0 ? Code.ToString() : $"{Code}: {Detail}";
}
