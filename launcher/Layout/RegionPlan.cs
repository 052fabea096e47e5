namespace Federation.Launcher.Layout;

/// <summary>One region.</summary>
/// <param name="Name">Its name, also its agent's.</param>
/// <param name="AgentPort">The agent's port P; P + 1 and P + 100 are its as well.</param>
internal sealed record RegionPlan(string Name, int AgentPort);
