using Federation.Proofs.Post;

namespace Federation.Worker.Processor;

/// <summary>What a PoSt answers.</summary>
/// <param name="Proofs">One for each partition of the good sectors, in hexadecimal digits; none without them.</param>
/// <param name="Faulty">Sectors that cannot be proved, with the reason.</param>
internal sealed record PostAnswer(IReadOnlyList<string> Proofs, IReadOnlyList<FaultySector> Faulty);
