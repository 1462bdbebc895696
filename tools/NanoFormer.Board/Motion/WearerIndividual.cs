using System.Numerics;

namespace NanoFormer.Board;

/// <summary>What makes one generated wearer differ from the next.</summary>
/// <param name="Cadence">Factor on stride frequencies.</param>
/// <param name="Vigour">Factor on gait amplitudes.</param>
/// <param name="Mounting">How the device sits on the belt, as a small rotation.</param>
internal sealed record WearerIndividual(double Cadence, double Vigour, Quaternion Mounting)
{
    private const double CadenceSpread = 0.04;
    private const double VigourSpread = 0.06;
    private const float MountingSpreadRadians = 0.025f;

    /// <summary>Draws an individual.</summary>
    public static WearerIndividual Draw(GaussianNoise noise)
    {
        var tilt = noise.NextVector(MountingSpreadRadians);
        return new WearerIndividual(
            1 + (CadenceSpread * Math.Clamp(noise.Next(), -2, 2)),
            1 + (VigourSpread * Math.Clamp(noise.Next(), -2, 2)),
            Quaternion.CreateFromYawPitchRoll(tilt.Y, tilt.X, tilt.Z));
    }
}
