using System.Collections.Immutable;

namespace NanoFormer.Model;

/// <summary>A window and the output it must give, for the self-test on the device.</summary>
/// <param name="Window">int16 <c>[window samples][channels]</c>.</param>
/// <param name="Output">The int8 values of the output tensor.</param>
public sealed record TestVector(ImmutableArray<short> Window, ImmutableArray<sbyte> Output);
