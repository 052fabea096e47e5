using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Commit1;

/// <summary>Tells files of another sector apart before anything is proved with them.</summary>
internal static class ProverRoots
{
    /// <summary>Requires that the files' roots are those of CommD and CommR.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static void Require(IVanillaProver prover, SealPublicInputs inputs)
    {
        if (prover.CommD != inputs.CommD)
        {
            throw new InvalidDataException(
                $"tree-d's root is {prover.CommD}, but CommD is {inputs.CommD}: "
                + "the cache is of another sector or damaged");
        }

        var commR = new Bytes32(PoseidonHash.Hash2(prover.CommC.AsSpan(), prover.CommRLast.AsSpan()));
        if (commR != inputs.CommR)
        {
            throw new InvalidDataException(
                $"tree-c and tree-r-last give CommR {commR}, but {inputs.CommR} is expected: "
                + "the cache is of another sector or damaged");
        }
    }
}
