using Federation.Proofs.Constraints;
using Federation.Proofs.Post;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Circuits.Post;

/// <summary>
/// One partition of a proof of spacetime: for every sector, that CommR belongs to its two roots and that the challenged
/// leaves are in tree-r-last. Inputs after the constant one: per sector CommR, then the numbers of its challenged
/// leaves. Order as in rust-fil-proofs' <c>fallback/circuit</c>.
/// </summary>
public sealed class PostCircuit : ICircuit
{
    private readonly PostConfig _config;
    private readonly PathShape _path;
    private readonly PostPartitionWitness? _witness;

    /// <summary>The circuit without a witness: for counts, digests and parameters.</summary>
    public PostCircuit(PostConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        _config = config;
        _path = PathShape.Replica(config.Shape);
    }

    /// <summary>The circuit with a witness, which need not satisfy it but must have its shape.</summary>
    /// <exception cref="ArgumentException">There are more or fewer sectors or opened leaves.</exception>
    public PostCircuit(PostConfig config, PostPartitionWitness witness)
        : this(config)
    {
        ArgumentNullException.ThrowIfNull(witness);
        if (witness.Sectors.Count != config.CircuitSectors
            || witness.Sectors.Any(sector => sector.Inclusions.Count != config.ChallengesPerCircuitSector))
        {
            throw new ArgumentException(
                $"A {config.Kind} PoSt circuit of {config.Shape} has {config.CircuitSectors} sectors with "
                + $"{config.ChallengesPerCircuitSector} challenges each, the witness has others.",
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

        using var whole = system.Enter("partition");
        system.Repeat(_config.CircuitSectors, (part, i) =>
        {
            using var scope = part.Enter("sector", i);
            Require(part, new InclusionGadget(part, TreeHash.Poseidon), _witness?.Sectors[i]);
        });
    }

    private void Require(ConstraintSystem system, InclusionGadget inclusion, PostVanillaProof? proof)
    {
        var commRLast = system.AllocateNode(proof is null ? [] : proof.CommRLast.AsSpan());
        var commC = system.AllocateNode(proof is null ? [] : proof.CommC.AsSpan());
        var commR = system.AllocateNode(proof is null ? [] : proof.Sector.CommR.AsSpan());
        system.Expose(commR);
        StackedDrgCircuit.RequireCommR(system, commR, commC, commRLast);
        for (var i = 0; i < _config.ChallengesPerCircuitSector; i++)
        {
            using var scope = system.Enter("challenge inclusion", i);
            var opened = proof?.Inclusions[i];
            var leaf = system.AllocateNode(opened is null ? [] : opened.Leaf.Span);
            inclusion.Require(_path, leaf, commRLast, opened);
        }
    }
}
