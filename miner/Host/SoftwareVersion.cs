using System.Reflection;

namespace Federation.Miner.Host;

/// <summary>This program's version.</summary>
internal static class SoftwareVersion
{
    /// <summary>Version, e.g. 0.1.0.</summary>
    public static string Number { get; } =
        typeof(SoftwareVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Name and version, e.g. federation/0.1.0.</summary>
    public static string Text { get; } = $"{Name}/{Number}";

    private static string Name =>
        typeof(SoftwareVersion).Assembly.GetCustomAttribute<AssemblyProductAttribute>()?.Product.ToLowerInvariant()
            ?? "federation";
}
