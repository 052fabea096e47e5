using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Federation.Discovery;
using Federation.Hosting;
using Federation.Hosting.Repository;
using Federation.Proofs;

namespace Federation.Miner.Config;

/// <summary>Which miner a repository is, fixed by <c>miner init</c>. Immutable.</summary>
/// <param name="Actor">Id address, e.g. t01000.</param>
/// <param name="SectorSize">Bytes.</param>
internal sealed record ActorFile(string Actor, ulong SectorSize)
{
    private const string FileName = "actor.json";

    /// <summary>The address's number.</summary>
    [JsonIgnore]
    public ulong Id => ulong.Parse(Actor.AsSpan(2), CultureInfo.InvariantCulture);

    /// <summary>The sectors' shape.</summary>
    [JsonIgnore]
    public SectorShape Shape => SectorShape.FromSize((long)SectorSize);

    /// <summary>Checks what an operator typed.</summary>
    /// <exception cref="OperatorException">Address or size is not one.</exception>
    public static ActorFile Parse(string actor, string sectorSize)
    {
        if (!FederationKeys.IsMinerAddress(actor)
            || !ulong.TryParse(actor.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new OperatorException(
                $"'{actor}' is not the id address of a miner", "name it like t01000: --actor t01000");
        }

        try
        {
            return new ActorFile(actor, (ulong)SectorShape.Parse(sectorSize).SectorSize);
        }
        catch (ArgumentException error)
        {
            throw new OperatorException(
                $"unknown sector size '{sectorSize}'",
                $"choose one of {string.Join(", ", SectorShape.All.Select(static shape => shape.Name))}:"
                    + " --sector-size 2KiB", error);
        }
    }

    /// <summary>Reads a repository's file.</summary>
    /// <exception cref="OperatorException">It is missing or damaged.</exception>
    public static ActorFile Read(string repository)
    {
        var path = Path.Combine(repository, FileName);
        try
        {
            var file = JsonSerializer.Deserialize<ActorFile>(File.ReadAllBytes(path));
            return file is { Actor: not null } && FederationKeys.IsMinerAddress(file.Actor)
                && SectorShape.TryFromSize((long)file.SectorSize, out _)
                ? file
                : throw new JsonException("it names no miner and sector size");
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"the file {path} cannot be used: {error.Message}",
                "restore it from a backup, or run 'miner init' in another folder", error);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Write(RepositoryFolder repository) =>
        repository.Write(FileName, JsonSerializer.Serialize(this), AtomicFile.Readable);
}
