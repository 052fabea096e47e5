namespace Federation.Hosting.JsonRpc;

/// <summary>
/// What a token allows. Lotus's four permissions are a flat set, not a ladder: a token for administration lists all.
/// </summary>
[Flags]
public enum ApiPermissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reading. Those who come without a token have it.</summary>
    Read = 1,

    /// <summary>Changing sectors.</summary>
    Write = 2,

    /// <summary>Signing.</summary>
    Sign = 4,

    /// <summary>Everything else.</summary>
    Admin = 8,
}
