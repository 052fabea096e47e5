using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>What the log says of events, in Lotus's form. Payloads are left out or given by their digest.</summary>
internal static class SectorLogText
{
    private const int MaxTextBytes = 500;

    private const int MaxNameLength = 64;
    private const double MaxSeconds = 1e9;

    // As Go writes it: only what JSON itself asks for is escaped.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Default)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Error(string cause) => Json(("error", Cut(cause)));

    /// <summary>
    /// A text as records hold it: one line, at most 500 bytes as the log's JSON within JSON writes it, whatever an
    /// agent wrote.
    /// </summary>
    public static string Cut(string cause)
    {
        var text = new StringBuilder();
        var bytes = 0;
        foreach (var rune in cause.EnumerateRunes())
        {
            bytes += EscapedLength(rune);
            if (bytes > MaxTextBytes)
            {
                return text.Append('…').ToString();
            }

            text.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return text.ToString();
    }

    /// <summary>A name that an agent gave: one line of at most 64 characters.</summary>
    public static string Name(string given) => Cut(given.Length <= MaxNameLength ? given : given[..MaxNameLength]);

    public static string StartCC(ulong sector, SealSpec spec) =>
        Json(("ID", sector), ("SectorType", spec.HasSealProof ? spec.SealProof : null));

    public static string Packed(IEnumerable<Piece> pieces) => Json(("FillerPieces", new JsonArray(
        [.. pieces.Take(4).Select(
            static piece => new JsonObject { ["Size"] = piece.Size, ["PieceCID"] = Link(piece.Cid) })])));

    public static string Ticket(byte[] ticket, long epoch) =>
        Json(("TicketValue", Convert.ToBase64String(ticket)), ("TicketEpoch", epoch));

    public static string Seed(byte[] seed, long epoch) =>
        Json(("SeedValue", Convert.ToBase64String(seed)), ("SeedEpoch", epoch));

    public static string Attempt(PhaseReport report) => Json(
        ("Attempt", Name(report.Attempt)), ("Hostname", Name(report.Hostname)), ("Seconds", Seconds(report)));

    /// <summary>How long a phase took, to the millisecond; 0 where its agent gives no duration.</summary>
    public static double Seconds(PhaseReport report) =>
        report.Seconds is >= 0 and <= MaxSeconds ? Math.Round(report.Seconds, 3) : 0;

    public static string PreCommit2(PhaseReport report, string commD) => Json(
        ("Sealed", Link(CommitmentCids.Sealed(report.CommR))), ("Unsealed", Link(CommitmentCids.Unsealed(commD))));

    public static string Proof(PhaseReport report) =>
        Json(("ProofSHA256", report.ProofSha256), ("ProofBytes", report.ProofBytes));

    public static string Message(string cid) => Json(("Message", Link(cid)));

    public static string TipSet(string? cid) =>
        cid is null ? "{}" : Json(("TipSet", new JsonArray(Link(cid))));

    public static string State(string state) => Json(("State", state));

    private static int EscapedLength(Rune rune) => rune.Value switch
    {
        '"' or '\\' => 4,
        '<' or '>' => 6,
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => 7,
        // Two escaped code units, the first writer's backslashes escaped by the second.
        > char.MaxValue => 14,
        _ => rune.Utf8SequenceLength,
    };

    private static JsonObject Link(string cid) => new() { ["/"] = cid };

    private static string Json(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var json = new JsonObject();
        foreach (var (name, value) in members)
        {
            json[name] = value;
        }

        return json.ToJsonString(Options);
    }
}
