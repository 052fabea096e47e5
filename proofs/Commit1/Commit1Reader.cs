using System.Text;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Commit1;

/// <summary>
/// Reads Commit1's output, proof by proof, in either form. It takes exactly what <see cref="Commit1Writer"/> writes and
/// nothing else: the configuration says how many of everything must come. Whether the proofs hold is not its question.
/// Not thread-safe.
/// </summary>
public sealed class Commit1Reader
{
    private readonly SealConfig _config;
    private readonly StrictJsonReader _json;
    private int _proofs;

    /// <summary>Reads the beginning.</summary>
    /// <exception cref="Commit1FormatException">It is not that of this configuration.</exception>
    public Commit1Reader(Stream input, SealConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        _config = config;
        _json = new StrictJsonReader(input, (offset, expected) => new Commit1FormatException(offset, expected));
        Form = ReadBegin();
    }

    /// <summary>Form that the file has.</summary>
    public Commit1Form Form { get; }

    private SectorShape Shape => _config.Shape;

    /// <summary>Reads the next proof; there are partitions × challenges per partition of them.</summary>
    /// <exception cref="Commit1FormatException">Malformed.</exception>
    /// <exception cref="InvalidOperationException">All proofs are read.</exception>
    public VanillaProof ReadProof()
    {
        if (_proofs == _config.Partitions * Shape.ChallengesPerPartition)
        {
            throw new InvalidOperationException("all proofs are read");
        }

        var inPartition = _proofs % Shape.ChallengesPerPartition;
        _json.Expect(inPartition > 0 ? ","u8 : _proofs > 0 ? ",["u8 : "["u8);
        var proof = ReadVanillaProof();
        _proofs++;
        if (inPartition == Shape.ChallengesPerPartition - 1)
        {
            _json.Expect("]"u8);
        }

        return proof;
    }

    /// <summary>Reads the end, after all proofs.</summary>
    /// <exception cref="Commit1FormatException">Malformed, or something follows.</exception>
    public Commit1Trailer ReadTrailer()
    {
        _json.Expect(Form == Commit1Form.Api ? "]},"u8 : "],"u8);
        var commR = ReadCommitment("\"comm_r\":"u8, ","u8);
        var commD = ReadCommitment("\"comm_d\":"u8, ","u8);
        var replicaId = ReadCommitment("\"replica_id\":"u8, ","u8);
        var seed = ReadCommitment("\"seed\":"u8, ","u8);
        var ticket = ReadCommitment("\"ticket\":"u8, "}"u8);
        _json.End();
        return new Commit1Trailer(commR, commD, replicaId, seed, ticket);
    }

    private Commit1Form ReadBegin()
    {
        _json.Expect("{\""u8);
        if (_config.RegisteredName is { } name && _json.Accept((byte)'r'))
        {
            _json.Expect("egistered_proof\":\""u8);
            _json.Expect(Encoding.ASCII.GetBytes(name));
            _json.Expect("\",\"vanilla_proofs\":{\""u8);
            _json.Expect(Encoding.ASCII.GetBytes(_config.SizeVariantName));
            _json.Expect("\":["u8);
            return Commit1Form.Api;
        }

        _json.Expect("vanilla_proofs\":["u8);
        return Commit1Form.Raw;
    }

    private Bytes32 ReadCommitment(ReadOnlySpan<byte> key, ReadOnlySpan<byte> end)
    {
        _json.Expect(key);
        var value = ReadNode();
        _json.Expect(end);
        return new Bytes32(value);
    }

    private VanillaProof ReadVanillaProof()
    {
        _json.Expect("{\"comm_d_proofs\":"u8);
        var commD = InclusionJson.ReadBinary(_json, Shape);
        _json.Expect(",\"comm_r_last_proof\":"u8);
        var commRLast = InclusionJson.Read(_json, Shape);
        _json.Expect(",\"replica_column_proofs\":{\"c_x\":"u8);
        var column = ReadColumn();
        _json.Expect(",\"drg_parents\":"u8);
        var drgParents = _json.List(SdrGraph.BaseDegree, ReadColumn);
        _json.Expect(",\"exp_parents\":"u8);
        var expParents = _json.List(SdrGraph.ExpansionDegree, ReadColumn);
        _json.Expect("},\"labeling_proofs\":"u8);
        var labeling = _json.List(Shape.Layers, ReadLabel);
        _json.Expect(",\"encoding_proof\":"u8);
        var encoding = ReadLabel();
        _json.Expect("}"u8);
        return new VanillaProof
        {
            CommDProof = commD,
            CommRLastProof = commRLast,
            Column = column,
            DrgParents = drgParents,
            ExpParents = expParents,
            Labeling = labeling,
            Encoding = encoding,
        };
    }

    private ColumnProof ReadColumn()
    {
        _json.Expect("{\"column\":{\"index\":"u8);
        var index = (uint)_json.Number(uint.MaxValue);
        _json.Expect(",\"rows\":"u8);
        var rows = _json.Nodes(Shape.Layers);
        _json.Expect(",\"_h\":null},\"inclusion_proof\":"u8);
        var inclusion = InclusionJson.Read(_json, Shape);
        _json.Expect("}"u8);
        return new ColumnProof(index, rows, inclusion);
    }

    private LabelingProof ReadLabel()
    {
        _json.Expect("{\"parents\":"u8);
        var parents = _json.Nodes(SdrLabel.ParentCount);
        _json.Expect(",\"layer_index\":"u8);
        var layer = (uint)_json.Number(uint.MaxValue);
        _json.Expect(",\"node\":"u8);
        var node = _json.Number(ulong.MaxValue);
        _json.Expect("}"u8);
        return new LabelingProof(parents, layer, node);
    }

    private byte[] ReadNode()
    {
        var node = new byte[Bytes32.Size];
        _json.Bytes(node);
        return node;
    }
}
