using Federation.Proofs.Constraints;

namespace Federation.Proofs.Tests.Constraints;

/// <summary>A circuit written where a test needs it.</summary>
internal sealed class LambdaCircuit(Action<ConstraintSystem> synthesize) : ICircuit
{
    public void Synthesize(ConstraintSystem system) => synthesize(system);
}
