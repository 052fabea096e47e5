using Xunit.Abstractions;
using Xunit.Sdk;

namespace Federation.Discovery.Tests.Support;

public sealed class StoreFactDiscoverer(IMessageSink diagnosticMessageSink) : FactDiscoverer(diagnosticMessageSink)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var needsEtcd = testMethod.TestClass.Class.GetCustomAttributes(typeof(RequiresEtcdAttribute)).Any();
        return needsEtcd && !EtcdProcess.IsInstalled
            ? new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink,
                discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod,
                "etcd is not installed here")
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
    }
}
