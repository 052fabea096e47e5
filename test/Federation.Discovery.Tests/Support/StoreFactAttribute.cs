using Xunit.Sdk;

namespace Federation.Discovery.Tests.Support;

/// <summary>A fact of a suite that runs on several backends; skipped where the class needs etcd and there is
/// none.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Federation.Discovery.Tests.Support.StoreFactDiscoverer", "Federation.Discovery.Tests")]
public sealed class StoreFactAttribute : FactAttribute;
