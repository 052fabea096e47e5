namespace Federation.Launcher.Api;

/// <summary>A phase that runs.</summary>
/// <param name="Phase">Task code.</param>
/// <param name="Hostname">Host, or name, of its worker.</param>
internal sealed record JobView(string Phase, string Hostname);
