using Federation.Proofs.Constraints;

namespace Federation.Proofs.Circuits;

/// <summary>
/// One partition of a PoRep: for every challenge, that data, labels, columns and replica belong together under CommD
/// and CommR. Inputs after the constant one: replica id, CommD, CommR, then per challenge 18 node numbers (the
/// challenge in tree-d, its 6 base and 8 expander parents, the challenge, then the challenge in tree-r-last and in
/// tree-c). Order as in rust-fil-proofs' <c>stacked/circuit</c>.
/// </summary>
public sealed class StackedDrgCircuit : ICircuit
{
    private const int NodeBits = 256;

    private readonly SectorShape _shape;
    private readonly PartitionWitness? _witness;

    /// <summary>The circuit without a witness: for counts, digests and parameters.</summary>
    public StackedDrgCircuit(SectorShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
    }

    /// <summary>The circuit with a witness, which need not satisfy it but must have its shape.</summary>
    /// <exception cref="ArgumentException">There are more or fewer vanilla proofs than challenges.</exception>
    public StackedDrgCircuit(SectorShape shape, PartitionWitness witness)
        : this(shape)
    {
        ArgumentNullException.ThrowIfNull(witness);
        if (witness.Proofs.Count != shape.ChallengesPerPartition)
        {
            throw new ArgumentException(
                $"A partition of {shape} has {shape.ChallengesPerPartition} challenges, not {witness.Proofs.Count}.",
                nameof(witness));
        }

        _witness = witness;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The system wants a witness and there is none.</exception>
    public void Synthesize(ConstraintSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (system.HasWitness && _witness is null)
        {
            throw new InvalidOperationException("The circuit was made without a witness.");
        }

        var first = _witness?.Proofs[0];
        var replicaId = system.AllocateNode(Bytes(_witness?.ReplicaId));
        system.Expose(replicaId);
        var replicaBits = new Bit[NodeBits];
        using (system.Enter("replica id bits"))
        {
            system.ToMessage(replicaId, replicaBits);
        }

        var commD = system.AllocateNode(Bytes(_witness?.CommD));
        system.Expose(commD);
        var commR = system.AllocateNode(Bytes(_witness?.CommR));
        system.Expose(commR);
        var commRLast = system.AllocateNode(first is null ? [] : first.CommRLastProof.Root.Span);
        var commC = system.AllocateNode(first is null ? [] : first.Column.Inclusion.Root.Span);
        RequireCommR(system, commR, commC, commRLast);

        var roots = new SectorRoots(commD, commC, commRLast);
        system.Repeat(_shape.ChallengesPerPartition, (part, i) =>
        {
            using var scope = part.Enter("challenge", i);
            new ChallengeGadget(part, _shape, replicaBits, roots).Require(_witness?.Proofs[i]);
        });
    }

    /// <summary>States that CommR is the hash of CommC and CommRLast.</summary>
    internal static void RequireCommR(ConstraintSystem system, in Num commR, in Num commC, in Num commRLast)
    {
        Num hash;
        using (system.Enter("hash of comm_c and comm_r_last"))
        {
            hash = PoseidonGadget.Hash(system, [commC, commRLast]);
        }

        system.RequireEqual(commR, hash);
    }

    private static byte[] Bytes(Bytes32? value) => value?.ToArray() ?? [];
}
