namespace Federation.Proofs.Commit1;

/// <summary>
/// Writes Commit1's output, proof by proof, in the very bytes of rust-filecoin-proofs-api: compact JSON, fields in the
/// order of the structs. Not thread-safe.
/// </summary>
public sealed class Commit1Writer
{
    private readonly SealConfig _config;
    private readonly SealPublicInputs _inputs;
    private readonly Commit1Form _form;
    private readonly CompactJsonWriter _json;
    private int _proofs;

    /// <summary>Writes the beginning.</summary>
    /// <exception cref="ArgumentException">The API form was asked for a shape without a registered number.</exception>
    public Commit1Writer(Stream output, SealConfig config, SealPublicInputs inputs, Commit1Form form)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (form == Commit1Form.Api && config.RegisteredSealProof is null)
        {
            throw new ArgumentException("the API form of Commit1's output needs a registered proof", nameof(form));
        }

        _config = config;
        _inputs = inputs;
        _form = form;
        _json = new CompactJsonWriter(output);
        Begin();
    }

    private int ProofCount => _config.Partitions * _config.Shape.ChallengesPerPartition;

    /// <summary>Writes the next proof: challenges in order, partition after partition.</summary>
    /// <exception cref="InvalidOperationException">All proofs are written.</exception>
    public void Write(VanillaProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (_proofs == ProofCount)
        {
            throw new InvalidOperationException($"all {ProofCount} proofs are written");
        }

        var inPartition = _proofs % _config.Shape.ChallengesPerPartition;
        _json.Separate(_proofs > 0 && inPartition == 0);
        _json.Raw(inPartition == 0 ? "["u8 : ","u8);
        Proof(proof);
        _proofs++;
        if (inPartition == _config.Shape.ChallengesPerPartition - 1)
        {
            _json.Raw("]"u8);
        }
    }

    /// <summary>Writes the end and flushes.</summary>
    /// <exception cref="InvalidOperationException">Proofs are missing.</exception>
    public void Complete()
    {
        if (_proofs != ProofCount)
        {
            throw new InvalidOperationException($"{_proofs} of {ProofCount} proofs are written");
        }

        _json.Raw(_form == Commit1Form.Api ? "]},"u8 : "],"u8);
        Commitment("\"comm_r\":"u8, _inputs.CommR, ","u8);
        Commitment("\"comm_d\":"u8, _inputs.CommD, ","u8);
        Commitment("\"replica_id\":"u8, _inputs.ReplicaId(_config), ","u8);
        Commitment("\"seed\":"u8, _inputs.Seed, ","u8);
        Commitment("\"ticket\":"u8, _inputs.Ticket, "}"u8);
        _json.Flush();
    }

    private void Begin()
    {
        _json.Raw("{"u8);
        if (_form == Commit1Form.Api)
        {
            _json.Raw("\"registered_proof\":\""u8);
            _json.Name(_config.RegisteredName!);
            _json.Raw("\",\"vanilla_proofs\":{\""u8);
            _json.Name(_config.SizeVariantName);
            _json.Raw("\":["u8);
        }
        else
        {
            _json.Raw("\"vanilla_proofs\":["u8);
        }
    }

    private void Commitment(ReadOnlySpan<byte> key, Bytes32 value, ReadOnlySpan<byte> end)
    {
        _json.Raw(key);
        _json.Bytes(value.AsSpan());
        _json.Raw(end);
    }

    private void Proof(VanillaProof proof)
    {
        _json.Raw("{\"comm_d_proofs\":"u8);
        InclusionJson.Write(_json, proof.CommDProof);
        _json.Raw(",\"comm_r_last_proof\":"u8);
        InclusionJson.Write(_json, proof.CommRLastProof);
        _json.Raw(",\"replica_column_proofs\":{\"c_x\":"u8);
        Column(proof.Column);
        _json.Raw(",\"drg_parents\":"u8);
        _json.List(proof.DrgParents, Column);
        _json.Raw(",\"exp_parents\":"u8);
        _json.List(proof.ExpParents, Column);
        _json.Raw("},\"labeling_proofs\":"u8);
        _json.List(proof.Labeling, Label);
        _json.Raw(",\"encoding_proof\":"u8);
        Label(proof.Encoding);
        _json.Raw("}"u8);
    }

    private void Column(ColumnProof column)
    {
        _json.Raw("{\"column\":{\"index\":"u8);
        _json.Number(column.Index);
        _json.Raw(",\"rows\":"u8);
        _json.Nodes(column.Rows.Span);
        _json.Raw(",\"_h\":null},\"inclusion_proof\":"u8);
        InclusionJson.Write(_json, column.Inclusion);
        _json.Raw("}"u8);
    }

    private void Label(LabelingProof label)
    {
        _json.Raw("{\"parents\":"u8);
        _json.Nodes(label.Parents.Span);
        _json.Raw(",\"layer_index\":"u8);
        _json.Number(label.LayerIndex);
        _json.Raw(",\"node\":"u8);
        _json.Number(label.Node);
        _json.Raw("}"u8);
    }
}
