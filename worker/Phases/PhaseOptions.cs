using System.CommandLine;
using Federation.Proofs.Commit1;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Phases;

/// <summary>The options of <c>worker phase</c>; each command takes those that its phase needs.</summary>
internal sealed class PhaseOptions
{
    public Option<int?> ProofType { get; } = new("--proof-type")
    {
        Description = "Filecoin's number of the seal proof, 0 to 19",
    };

    public Option<string?> SectorSize { get; } = new("--sector-size")
    {
        Description = "sector size, for shapes without a number: 4KiB",
    };

    public Option<string?> PoRepId { get; } = new("--porep-id")
    {
        Description = "PoRep id, 64 hexadecimal digits, with --sector-size",
    };

    public Option<string?> ApiVersion { get; } = new("--api-version")
    {
        Description = "1.0, 1.1 or 1.2, with --sector-size",
    };

    public Option<string?> Feature { get; } = new("--feature") { Description = "synthetic or ni, with --sector-size" };

    public Option<string> Miner { get; } = new("--miner") { Description = "miner's address: t01000", Required = true };

    public Option<ulong> Sector { get; } = new("--sector") { Description = "sector number", Required = true };

    public Option<string?> Ticket { get; } = new("--ticket") { Description = "ticket, 64 hexadecimal digits" };

    public Option<string?> Seed { get; } = new("--seed") { Description = "seed, 64 hexadecimal digits" };

    public Option<string?> CommD { get; } = new("--comm-d") { Description = "CommD: 64 hexadecimal digits or CID" };

    public Option<string?> CommR { get; } = new("--comm-r") { Description = "CommR: 64 hexadecimal digits or CID" };

    public Option<string?> Pieces { get; } = new("--pieces")
    {
        Description = "file with the pieces: JSON list of {Size, PieceCID}",
    };

    public Option<string?> PieceData { get; } = new("--piece-data")
    {
        Description = "file with a piece's data, 127 bytes times a power of two; without it zeros fill the sector",
    };

    public Option<string> Unsealed { get; } = new("--unsealed") { Description = "unsealed file", Required = true };

    public Option<string?> Sealed { get; } = new("--sealed") { Description = "replica" };

    public Option<string> Cache { get; } = new("--cache")
    {
        Description = "cache folder, recorded as typed",
        Required = true,
    };

    public Option<string?> Commit1Output { get; } = new("--c1out")
    {
        Description = "file with C1's output",
        Required = true,
    };

    public Option<string?> Output { get; } = new("--output")
    {
        Description = "also write the hand-over, in Rust's form, to this file",
    };

    public Option<Commit1Form?> Form { get; } = new("--form")
    {
        Description = "form of C1's output: api or raw; api where the proof has a number",
    };

    public Option<bool> Clear { get; } = new("--clear")
    {
        Description = "clear the cache as Lotus does; for Synthetic after its proofs are written",
    };

    public Option<string?> UnsealedOut { get; } = new("--unsealed-out")
    {
        Description = "write the sector's padded data to this file, as pc1 takes them",
    };

    public Option<string?> DataOut { get; } = new("--data-out")
    {
        Description =
            "write the data of the range, unpadded, to this file; - writes them, and nothing else, to standard output",
    };

    public Option<long> Offset { get; } = new("--offset")
    {
        Description = "first byte of the range, unpadded; 0 unless set",
    };

    public Option<long?> Size { get; } = new("--size")
    {
        Description = "bytes of the range, unpadded; all behind the offset unless set",
    };

    public Option<bool> KeepLayers { get; } = new("--keep-layers")
    {
        Description = "leave the layers in the cache folder, so that an interrupted run is taken up again",
    };

    public Option<string?> Randomness { get; } = new("--randomness")
    {
        Description = "the beacon's randomness for this miner, 64 hexadecimal digits, its two top bits clear",
    };

    public Option<string?> Sectors { get; } = new("--sectors")
    {
        Description = "file with the sectors: JSON list of {Sector, CommR, Cache, Sealed}",
    };

    public Option<string?> PostVersion { get; } = new("--api-version")
    {
        Description = "1.0, 1.1 or 1.2; or Filecoin's number of the PoSt proof, 0 to 14; 1.1 unless set",
    };

    public Option<bool> VerifyOnly { get; } = new("--verify")
    {
        Description = "verify --proof, which needs the sectors' CommRs and the verifying key alone",
    };

    public Option<bool> Vanilla { get; } = new("--vanilla")
    {
        Description = "end with the vanilla proofs, which need no parameters",
    };

    public Option<string?> Proof { get; } = new("--proof")
    {
        Description = "proofs of all partitions, concatenated, in hexadecimal digits",
    };

    public Option<string?> ParametersDirectory { get; } = new("--params-dir")
    {
        Description = $"folder of parameter files (else {ParameterSettings.CacheVariable}, else "
            + $"{ParameterCache.DefaultDirectory})",
    };

    public Option<string?> Memory { get; } = new("--memory") { Description = "memory for buffers: 1GiB" };

    public Option<bool> MapLayers { get; } = new("--map-layers")
    {
        Description = "keep layers that --memory does not hold in mapped files: faster, in memory that the system can "
            + "take back",
    };

    public Option<int?> Threads { get; } = new("--threads") { Description = "threads; all processors unless set" };

    public Option<string?> ParentCache { get; } = new("--parent-cache")
    {
        Description = "folder of Filecoin's parent cache files (else FIL_PROOFS_PARENT_CACHE, else none)",
    };

    /// <summary>Options of every phase.</summary>
    public Option[] Common =>
        [ProofType, SectorSize, PoRepId, ApiVersion, Feature, Miner, Sector, Memory, MapLayers, Threads];

    /// <summary>Options of both proofs of spacetime.</summary>
    public Option[] Post =>
    [
        SectorSize,
        PostVersion,
        Miner,
        Randomness,
        Sectors,
        Vanilla,
        VerifyOnly,
        Proof,
        ParametersDirectory,
        Threads,
    ];
}
