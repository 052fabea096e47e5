namespace Federation.Launcher.Api;

/// <summary>A registered agent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region.</param>
/// <param name="Workers">Workers that are connected to it.</param>
internal sealed record AgentView(string Name, string Region, int Workers);
