namespace Federation.Proofs.Constraints;

/// <summary>A named stretch of a circuit's stream.</summary>
/// <param name="Level">Depth, from 0.</param>
/// <param name="Name">Name.</param>
/// <param name="First">Its first row.</param>
/// <param name="Constraints">Number of rows.</param>
/// <param name="Aux">Number of auxiliary variables allocated in it.</param>
/// <param name="Digest">First 8 bytes of the SHA-256 of its part of the stream, in hexadecimal.</param>
public sealed record OutlineEntry(int Level, string Name, int First, int Constraints, int Aux, string Digest)
{
    /// <summary>The entry as a line of tab-separated values, its name indented by two blanks per level.</summary>
    public override string ToString() =>
        string.Join('\t', new string(' ', 2 * Level) + Name, First, Constraints, Aux, Digest);
}
