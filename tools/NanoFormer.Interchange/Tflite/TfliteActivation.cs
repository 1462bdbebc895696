namespace NanoFormer.Interchange.Tflite;

/// <summary>Fused non-linearities; numbers as in the public schema.</summary>
internal enum TfliteActivation : sbyte
{
    None = 0,
    Relu = 1,
    Relu6 = 3,
}
