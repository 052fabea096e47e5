namespace Federation.Discovery.Embedded.Log;

/// <summary>A file that is being appended to, by one writer.</summary>
internal interface ILogFile : IDisposable
{
    /// <summary>Adds bytes at the end.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Returns once everything appended would survive a loss of power.</summary>
    void Sync();
}
