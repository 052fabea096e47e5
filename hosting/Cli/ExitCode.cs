namespace Federation.Hosting.Cli;

/// <summary>How our programs end.</summary>
public static class ExitCode
{
    /// <summary>All is done, or a daemon was stopped as asked.</summary>
    public const int Success = 0;

    /// <summary>What was asked for could not be done; the error says why and what to do.</summary>
    public const int Failure = 1;

    /// <summary>A defect of ours; the log says where.</summary>
    public const int Defect = 70;
}
