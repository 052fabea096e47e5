namespace Federation.Worker.Processor;

/// <summary>A line without its end.</summary>
/// <param name="Bytes">Its bytes, or the first of them.</param>
/// <param name="IsWhole">False for one that is longer than a reader allows.</param>
internal readonly record struct ProcessorLine(ReadOnlyMemory<byte> Bytes, bool IsWhole);
