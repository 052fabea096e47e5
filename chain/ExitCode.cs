namespace Federation.Chain;

/// <summary>Exit codes of messages, by the FVM's numbers.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A parameter is wrong, an invalid proof included.</summary>
    public const int IllegalArgument = 16;

    /// <summary>What the message speaks of does not exist.</summary>
    public const int NotFound = 17;

    /// <summary>Not allowed now.</summary>
    public const int Forbidden = 18;

    /// <summary>The actor's state does not permit it.</summary>
    public const int IllegalState = 20;

    /// <summary>The exit code as logs show it, e.g. <c>ErrIllegalArgument(16)</c>.</summary>
    public static string Name(int code) => code switch
    {
        Ok => "Ok(0)",
        IllegalArgument => "ErrIllegalArgument(16)",
        NotFound => "ErrNotFound(17)",
        Forbidden => "ErrForbidden(18)",
        IllegalState => "ErrIllegalState(20)",
        _ => $"({code})",
    };
}
