using System.Diagnostics.CodeAnalysis;

namespace Federation.Proofs;

/// <summary>Version of the proofs' API, which orders the base parents and cuts the expander's numbers.</summary>
[SuppressMessage("Naming", "CA1707", Justification = "Version numbers read as Filecoin writes them.")]
public enum ApiVersion
{
    /// <summary>1.0: previous node last, expander output cut to 32 bits.</summary>
    V1_0,

    /// <summary>1.1: previous node first.</summary>
    V1_1,

    /// <summary>1.2: graph as 1.1, with features.</summary>
    V1_2,
}
