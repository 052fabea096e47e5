using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Constraints;

/// <summary>Knowledge of an x with x³ + x + 5 = y, the schoolbook's circuit.</summary>
internal sealed class CubicCircuit(ulong x, ulong y) : ICircuit
{
    public void Synthesize(ConstraintSystem system)
    {
        using var whole = system.Enter("cubic");
        var root = Fr.FromUInt64(x);
        var rootVariable = system.Allocate(root);
        var square = system.Allocate(root.Square());
        system.A.Add(rootVariable);
        system.B.Add(rootVariable);
        system.C.Add(square);
        system.Enforce();

        var output = system.AllocateInput(Fr.FromUInt64(y));
        system.A.Add(square);
        system.B.Add(rootVariable);
        system.C.Add(output).Subtract(rootVariable).Add(Variable.One, -Fr.FromUInt64(5));
        system.Enforce();
    }
}
