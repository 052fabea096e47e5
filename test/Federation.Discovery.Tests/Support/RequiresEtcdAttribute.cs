namespace Federation.Discovery.Tests.Support;

/// <summary>The class's store facts need the programs etcd and etcdctl.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresEtcdAttribute : Attribute;
