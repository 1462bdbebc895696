namespace NanoFormer.Cli.Benchmarks;

/// <summary>What another engine needs for the same model.</summary>
/// <param name="Model">Benchmark model.</param>
/// <param name="Core">Emulated core.</param>
/// <param name="Peer">The other engine.</param>
/// <param name="Instructions">Instructions of one inference.</param>
/// <param name="ArenaBytes">RAM it needs for activations.</param>
/// <param name="CodeBytes">Flash of its code; 0 where it was not measured.</param>
internal sealed record Anchor(string Model, string Core, string Peer, long Instructions, int ArenaBytes, int CodeBytes);
