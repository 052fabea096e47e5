using Federation.Proofs.Circuits.Post;
using Federation.Proofs.Constraints;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;

namespace Federation.Proofs.Circuits;

/// <summary>The circuits that parameters exist for, without a witness: for counts, digests and parameters.</summary>
public static class CircuitDescriptions
{
    /// <summary>The description of a circuit.</summary>
    /// <exception cref="NotSupportedException">It is one of a sector update, which is not described yet.</exception>
    public static ICircuit Of(CircuitId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Kind switch
        {
            CircuitKind.PoRep => new StackedDrgCircuit(id.Shape),
            CircuitKind.WindowPost => Post(id.Shape, PostKind.Window),
            CircuitKind.WinningPost => Post(id.Shape, PostKind.Winning),
            _ => throw new NotSupportedException(
                $"the circuit {id.KindName} is not described: known are porep, window and winning"),
        };
    }

    // The API's version changes challenges, not the circuit.
    private static PostCircuit Post(SectorShape shape, PostKind kind) =>
        new(PostConfig.Create(shape, kind, ApiVersion.V1_1));
}
