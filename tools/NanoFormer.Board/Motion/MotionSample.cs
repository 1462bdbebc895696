using System.Numerics;

namespace NanoFormer.Board;

/// <summary>What an ideal inertial sensor would feel at one instant.</summary>
/// <param name="Acceleration">Specific force in g, in the sensor's axes; at rest it points away from the ground.</param>
/// <param name="AngularRate">Angular rate in degrees per second, in the sensor's axes.</param>
public readonly record struct MotionSample(Vector3 Acceleration, Vector3 AngularRate);
