package delivery

import "context"

// PlanAll plans all that is marked.
func (s *Service) PlanAll(ctx context.Context) error {
	for {
		if n, err := s.planSome(ctx); err != nil || n == 0 {
			return err
		}
	}
}
