using Federation.Proofs.Curve;

namespace Federation.Proofs.Tests.Curve;

/// <summary>The contract of groups for G1.</summary>
public sealed class G1GroupTests : GroupContractTests<G1Case, G1Affine, G1Point>;
