using Federation.Proofs;
using Federation.Proofs.Post;

namespace Federation.Worker.Phases;

/// <summary>What a proof of spacetime is asked for.</summary>
/// <param name="Config">Kind, size and version.</param>
/// <param name="Randomness">Randomness, below 2^254.</param>
/// <param name="Sectors">The sectors to be proved; for Winning the one that is drawn.</param>
/// <param name="Place">Winning: its place in the eligible set.</param>
internal sealed record PostQuestion(
    PostConfig Config, Bytes32 Randomness, IReadOnlyList<PostSectorEntry> Sectors, int? Place)
{
    /// <summary>Reads what was typed.</summary>
    /// <exception cref="PhaseException">Something is wrong or missing.</exception>
    /// <exception cref="ArgumentException">The randomness is not below 2^254.</exception>
    public static PostQuestion Read(PhaseInput input, PostKind kind)
    {
        var config = input.Post(kind);
        var randomness = PostStatement.Usable(input.Hex(input.Options.Randomness));
        var path = input.Text(input.Options.Sectors);
        var sectors = PostSectorFile.Read(path);
        if (sectors.Count == 0)
        {
            throw new PhaseException(PhaseFault.InvalidInput, $"sectors file {path} names no sector");
        }

        var numbers = new HashSet<ulong>();
        if (sectors.FirstOrDefault(entry => !numbers.Add(entry.Sector.Number)) is { } twice)
        {
            throw new PhaseException(
                PhaseFault.InvalidInput, $"sectors file {path} names sector {twice.Sector.Number} twice");
        }

        var prover = input.ProverId();
        if (kind == PostKind.Window)
        {
            return new PostQuestion(config, randomness, sectors, null);
        }

        var place = PostChallenges.WinningSector(prover, randomness, sectors.Count);
        return new PostQuestion(config, randomness, [sectors[place]], place);
    }

    /// <summary>The statement that a verifier knows.</summary>
    /// <exception cref="ArgumentException">Randomness and sectors make no statement.</exception>
    public PostStatement Statement() => new(Config, Randomness, Sectors.Select(sector => sector.Sector));

    /// <summary>A report that begins with the place, if there is one.</summary>
    public PhaseReport Report() =>
        Place is { } place ? new PhaseReport().Add("SectorIndex", json => json.WriteNumberValue(place)) : new();
}
