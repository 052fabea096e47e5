namespace Federation.Launcher.Api;

/// <summary>A phase that runs, or waits for a worker.</summary>
/// <param name="Phase">Task code.</param>
/// <param name="Hostname">Host, or name, of its worker; empty while it waits for one.</param>
/// <param name="Percent">How far it is; null where its worker does not tell.</param>
internal sealed record JobView(string Phase, string Hostname, double? Percent = null)
{
    /// <summary>Whether a worker has it.</summary>
    public bool IsRunning => Hostname.Length > 0;
}
