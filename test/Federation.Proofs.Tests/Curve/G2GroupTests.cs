using Federation.Proofs.Curve;

namespace Federation.Proofs.Tests.Curve;

/// <summary>The contract of groups for G2.</summary>
public sealed class G2GroupTests : GroupContractTests<G2Case, G2Affine, G2Point>;
